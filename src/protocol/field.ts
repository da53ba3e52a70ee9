import * as v from 'valibot';

/**
 * What a form, a validator and a saved run need to know of one hyper-parameter, in one place.
 * `role: 'structure'` is part of the compiled step's cache key; `'input'` is fed each step; `'host'` acts outside the step.
 */
export interface FieldInfo {
  readonly unit: string | null;
  /** One line: why one would change it. */
  readonly why: string;
  readonly role: 'structure' | 'input' | 'host';
}

const infos = new WeakMap<object, FieldInfo & { readonly default: unknown }>();

/** A schema entry with its default and its description. */
export function field<S extends v.GenericSchema>(schema: S, fallback: v.InferOutput<S>, info: FieldInfo) {
  const entry = v.optional(schema, () => fallback as never);
  infos.set(entry, { ...info, default: fallback });
  return entry;
}

export function fieldInfo(schema: object): (FieldInfo & { readonly default: unknown }) | undefined {
  return infos.get(schema);
}

/** Number in [low, high]. */
export const numberIn = (low: number, high: number) =>
  v.pipe(v.number(), v.finite(), v.minValue(low), v.maxValue(high));
export const integerIn = (low: number, high: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high));
