import { configFields } from './config-fields.ts';
import { presetOverrides } from './presets.ts';
import type { PresetName, TrainConfigInput } from './train-config.ts';

/** Settings by key with dots. */
export type ConfigValues = ReadonlyMap<string, unknown>;

/** Defaults with a preset's overrides: a value for every setting. */
export function presetValues(preset: PresetName): ConfigValues {
  const defaults = [...configFields.values()].map((field) => [field.key, field.default] as const);
  return new Map<string, unknown>([...defaults, ...leavesOf(presetOverrides[preset]), ['preset', preset]]);
}

/** The settings that stand in `config`; what the schema does not know is passed over. */
export function leavesOf(config: object, prefix = ''): Map<string, unknown> {
  const leaves = new Map<string, unknown>();
  for (const [name, value] of Object.entries(config)) {
    const key = prefix + name;
    if (configFields.has(key)) leaves.set(key, value);
    else if (isObject(value)) for (const [leaf, inner] of leavesOf(value, `${key}.`)) leaves.set(leaf, inner);
  }
  return leaves;
}

/** The object that the keys with dots describe: `{ schedule: { epochs: 5 } }` from 'schedule.epochs'. */
export function nestValues(values: Iterable<readonly [string, unknown]>): TrainConfigInput & Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [key, value] of values) {
    const path = key.split('.');
    let place = root;
    for (const name of path.slice(0, -1)) place = (place[name] ??= {}) as Record<string, unknown>;
    place[path.at(-1)!] = value;
  }
  return root;
}

/** Equal as settings are: lists by their elements. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => Object.is(item, b[i]));
  return Object.is(a, b);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
