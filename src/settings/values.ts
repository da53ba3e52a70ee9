import type { FieldProblem, Read, Setting } from './declaration.ts';
import { presetOverrides } from './presets.ts';
import type { PresetName } from './preset-names.ts';
import { configVersion, settings, type TrainConfig } from './train-config.ts';

/** Settings by key with dots. In a form they may hold what is no value at all, as it was typed. */
export type ConfigValues = ReadonlyMap<string, unknown>;

/** Fresh values with a preset's overrides: a value for every setting. */
export function presetValues(preset: PresetName): ConfigValues {
  const fresh = [...settings.values()].map((setting) => [setting.key, setting.fresh] as const);
  return new Map<string, unknown>([...fresh, ...leavesOf(presetOverrides[preset])]);
}

/** The settings of a section: those whose keys stand below its name. */
export function settingsIn(section: string): Setting[] {
  return [...settings.values()].filter(({ key }) => key.startsWith(`${section}.`));
}

/** The settings that stand in `config`; what no declaration knows is passed over. */
export function leavesOf(config: object, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(config)) {
    const key = prefix + name;
    if (settings.has(key)) leaves.set(key, value);
    else if (isSection(value)) for (const [leaf, inner] of leavesOf(value, `${key}.`)) leaves.set(leaf, inner);
  }
  return leaves;
}

/** The object that the keys with dots describe: `{ schedule: { epochs: 5 } }` from 'schedule.epochs'. */
export function nestValues(values: Iterable<readonly [string, unknown]>): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [key, value] of values) {
    const [section, name] = key.split('.') as [string, string?];
    if (name === undefined) root[section] = value;
    else Object.assign((root[section] ??= {}) as object, { [name]: value });
  }
  return root;
}

/** The configuration that usable values of all settings make. */
export function configFrom(preset: PresetName, values: ConfigValues): TrainConfig {
  return { formatVersion: configVersion, preset, ...nestValues(values) } as unknown as TrainConfig;
}

/** Reads single settings of values that are all usable. */
export function readerOf(values: ConfigValues): Read {
  return <T>(setting: Setting<string, T>) => values.get(setting.key) as T;
}

/** Equal as settings are: lists by their elements. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
  return Object.is(a, b);
}

/** A value as errors and the command line write it. */
export function writtenValue(value: unknown): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.slice(0, 200);
}

/** As `writtenValue`, but a text that reads like something else shows its quotes: "1" is not 1. */
export function receivedValue(value: unknown): string {
  return typeof value === 'string' && readsAsOther(value) ? JSON.stringify(value).slice(0, 200) : writtenValue(value);
}

function readsAsOther(text: string): boolean {
  try {
    return typeof JSON.parse(text) !== 'string';
  } catch {
    return text.trim() === '';
  }
}

/** One problem a setting; later ones win. */
export function byKey(problems: readonly FieldProblem[]): ReadonlyMap<string, FieldProblem> {
  return new Map(problems.map((problem) => [problem.key, problem]));
}

export const isSection = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
