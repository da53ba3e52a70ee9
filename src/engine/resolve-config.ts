import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { fromFailure } from '../base/failure.ts';
import { editDistance, nearest } from '../base/nearest.ts';
import { presetOverrides } from '../protocol/presets.ts';
import { presetNames, trainConfigSchema, type PresetName, type TrainConfig } from '../protocol/train-config.ts';
import { configFields } from '../protocol/config-fields.ts';
import { nestValues } from '../protocol/config-values.ts';
import { conflictsOf } from './config-conflicts.ts';

export interface ConfigSources {
  readonly preset?: PresetName | undefined;
  /** Content of a configuration file; a whole resolved configuration is one too. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** 'key=value', later ones win. */
  readonly set?: readonly string[] | undefined;
}

/**
 * Defaults, then the preset's overrides, then the file, then `set`; later ones win, lists are replaced whole.
 * @throws config.unknownKey (with the nearest), config.badValue, config.badSet, config.conflict
 */
export function resolveConfig(sources: ConfigSources): TrainConfig {
  const file = flattenConfig(sources.config ?? {}, '', refuse);
  const set = (sources.set ?? []).map(parseSet);
  const preset = presetOf(sources.preset ?? new Map([...file, ...set]).get('preset') ?? 'balanced');
  const values = new Map([...flattenConfig(presetOverrides[preset], '', refuse), ...file, ...set, ['preset', preset]]);
  const parsed = v.safeParse(trainConfigSchema, nestValues(values), { abortPipeEarly: true });
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw badValue(keyOf(issue), values.get(keyOf(issue)));
  }
  const [conflict] = conflictsOf(parsed.output);
  if (conflict) throw fromFailure(conflict.failure);
  return parsed.output;
}

function presetOf(value: unknown): PresetName {
  const preset = presetNames.find((name) => name === value);
  if (!preset) throw badValue('preset', value);
  return preset;
}

const refuse = (error: AnnealError): never => {
  throw error;
};

/** Leaves by key; a key that the schema does not know is told here, where its whole path is known, and left out. */
export function flattenConfig(
  object: object,
  prefix: string,
  onProblem: (error: AnnealError) => void,
): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(object)) {
    const key = prefix + name;
    if (configFields.has(key)) leaves.set(key, value);
    else if (!isSection(key)) onProblem(unknownKey(key));
    else if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const params = { key, expected: 'an object with settings', received: show(value), unit: null };
      onProblem(new AnnealError('config.badValue', params));
    } else for (const [leaf, inner] of flattenConfig(value, `${key}.`, onProblem)) leaves.set(leaf, inner);
  }
  return leaves;
}

function isSection(key: string): boolean {
  return [...configFields.keys()].some((known) => known.startsWith(`${key}.`));
}

function parseSet(text: string): [string, unknown] {
  const at = text.indexOf('=');
  if (at <= 0) throw new AnnealError('config.badSet', { received: text });
  const key = text.slice(0, at).trim();
  const raw = text.slice(at + 1).trim();
  const field = configFields.get(key);
  if (!field) throw unknownKey(key);
  if (field.isText) return [key, raw];
  try {
    return [key, JSON.parse(raw)];
  } catch {
    return [key, raw];
  }
}

/** Nearest by the whole key, or by its last part where the section was left out or is another. */
function unknownKey(key: string): AnnealError {
  const keys = [...configFields.keys()];
  const last = (text: string): string => text.split('.').at(-1)!.toLowerCase();
  const byName = keys.filter((known) => editDistance(last(known), last(key)) <= Math.ceil(last(key).length / 4));
  return new AnnealError('config.unknownKey', { key, nearest: nearest(key, byName.length > 0 ? byName : keys) });
}

function keyOf(issue: v.GenericIssue): string {
  const path = (issue.path ?? []).map((item) => String(item.key));
  const key = path.join('.');
  return configFields.has(key) ? key : path.slice(0, -1).join('.');
}

function badValue(key: string, received: unknown): AnnealError {
  const { expected, unit } = configFields.get(key) ?? { expected: 'another value', unit: null };
  return new AnnealError('config.badValue', { key, expected, received: show(received), unit });
}

const show = (value: unknown): string => (JSON.stringify(value) ?? String(value)).slice(0, 200);
