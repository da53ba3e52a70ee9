import { AnnealError } from '../base/errors.ts';
import { fromFailure, toFailure } from '../base/failure.ts';
import { editDistance, nearest } from '../base/nearest.ts';
import { checkSetting, conflictsOf } from './check.ts';
import type { FieldProblem } from './declaration.ts';
import { defaultPreset, presetNames, type PresetName } from './preset-names.ts';
import { configVersion, settings, type TrainConfig } from './train-config.ts';
import { fillAbsent } from './upgrade.ts';
import { configFrom, isSection, presetValues, receivedValue, settingsIn } from './values.ts';

export interface ConfigSources {
  readonly preset?: PresetName | undefined;
  /** Content of a configuration file; a whole resolved configuration is one too. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** 'key=value', later ones win. */
  readonly set?: readonly string[] | undefined;
}

/**
 * Fresh values, then the preset's overrides, then the file, then `set`; later ones win, lists are replaced whole.
 * @throws config.unknownKey (with the nearest), config.section, config.badValue, config.badSet, config.presetBySet, config.conflict, stored.newer
 */
export function resolveConfig({ preset, config = {}, set = [] }: ConfigSources): TrainConfig {
  const given = new Map([...flatten(config, refuse), ...set.map(parseSet)]);
  const { problems, config: resolved } = settle(presetOf(preset ?? given.get('preset') ?? defaultPreset), given);
  const [problem] = problems;
  if (problem) throw fromFailure(problem.failure);
  return resolved;
}

export interface CheckedConfig {
  /** Wrong values replaced by the preset's own, so that the rest can still be planned. */
  readonly config: TrainConfig;
  readonly problems: readonly FieldProblem[];
}

/** As `resolveConfig`, but tells everything that is wrong, each at its key, and goes on with what is right. */
export function checkConfig(preset: PresetName, config: Readonly<Record<string, unknown>>): CheckedConfig {
  const unknown: FieldProblem[] = [];
  const given = flatten(config, (error) => {
    const near = (error.params['nearest'] ?? null) as string | null;
    unknown.push({ key: String(error.params['key']), failure: toFailure(error), nearest: near });
  });
  const { problems, config: settled } = settle(preset, given);
  return { config: settled, problems: [...unknown, ...problems] };
}

function settle(preset: PresetName, given: ReadonlyMap<string, unknown>): CheckedConfig {
  const problems: FieldProblem[] = [];
  const values = new Map(presetValues(preset));
  for (const [key, value] of given) {
    const setting = settings.get(key);
    if (!setting) continue;
    const problem = checkSetting(setting, value);
    if (problem) problems.push(problem);
    else values.set(key, value);
  }
  const conflicts = conflictsOf(values);
  for (const { key, nearest: usable } of conflicts) values.set(key, usable);
  return { config: configFrom(preset, values), problems: [...problems, ...conflicts] };
}

function presetOf(value: unknown): PresetName {
  const preset = presetNames.find((name) => name === value);
  if (!preset) throw badValue('preset', `one of ${presetNames.join(', ')}`, value);
  return preset;
}

const refuse = (error: AnnealError): never => {
  throw error;
};

/** Leaves by key; a key that no declaration knows is told here, where its whole path is known, and left out. */
function flatten(config: Readonly<Record<string, unknown>>, onProblem: (error: AnnealError) => void) {
  const { formatVersion, ...written } = config;
  if (formatVersion === undefined) return leavesBelow(written, '', onProblem);
  if (typeof formatVersion !== 'number' || !(formatVersion <= configVersion)) {
    onProblem(typeof formatVersion === 'number' ? newer(formatVersion) : badVersion(formatVersion));
    return leavesBelow(written, '', onProblem);
  }
  const { formatVersion: _, ...whole } = fillAbsent(written, formatVersion);
  return leavesBelow(whole, '', onProblem);
}

function leavesBelow(object: object, prefix: string, onProblem: (error: AnnealError) => void): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(object)) {
    const key = prefix + name;
    if (settings.has(key) || key === 'preset') leaves.set(key, value);
    else if (settingsIn(key).length === 0) onProblem(unknownSetting(key));
    else if (!isSection(value)) onProblem(badValue(key, 'an object with settings', value));
    else for (const [leaf, inner] of leavesBelow(value, `${key}.`, onProblem)) leaves.set(leaf, inner);
  }
  return leaves;
}

function parseSet(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at <= 0) throw new AnnealError('config.badSet', { received: text });
  const key = text.slice(0, at).trim();
  const raw = text.slice(at + 1).trim();
  if (key === 'preset') throw new AnnealError('config.presetBySet', { received: raw });
  const setting = settings.get(key);
  if (!setting) throw unknownSetting(key);
  // Bare words are the values of texts and choices.
  if (setting.kind === 'text' || setting.kind === 'choice') return [key, raw];
  try {
    return [key, JSON.parse(raw)];
  } catch {
    return [key, raw];
  }
}

/** Nearest by the whole key, or by its last part where the section was left out or is another. */
export function unknownSetting(key: string): AnnealError {
  const below = settingsIn(key);
  if (below.length > 0)
    return new AnnealError('config.section', { key, settings: below.map((setting) => setting.key) });
  const keys = [...settings.keys()];
  const last = (text: string): string => text.split('.').at(-1)!.toLowerCase();
  const byName = keys.filter((known) => editDistance(last(known), last(key)) <= Math.ceil(last(key).length / 4));
  const sections = keys.flatMap((known) => (known.includes('.') ? [known.split('.')[0]!] : []));
  const near = nearest(key, byName, Infinity) ?? nearest(key, [...keys, ...sections]);
  return new AnnealError('config.unknownKey', { key, nearest: near });
}

function newer(received: number): AnnealError {
  const key = 'formatVersion';
  return new AnnealError('stored.newer', { kind: 'configuration', where: key, key, received, expected: configVersion });
}

function badVersion(received: unknown): AnnealError {
  return badValue('formatVersion', `a whole number up to ${configVersion}`, received);
}

function badValue(key: string, expected: string, received: unknown): AnnealError {
  return new AnnealError('config.badValue', {
    key,
    expected,
    received: receivedValue(received),
    unit: null,
    nearest: null,
  });
}
