import type * as v from 'valibot';
import { fieldInfo } from './field.ts';
import { trainConfigSchema } from './train-config.ts';

export type FieldKind = 'number' | 'choice' | 'switch' | 'text' | 'numbers' | 'constant';

/** One setting of a training configuration, as errors and forms name it. Limits stand in the schema alone and are read from it. */
export interface ConfigField {
  /** With dots: 'schedule.maxLearningRate'. */
  readonly key: string;
  readonly kind: FieldKind;
  /** In words: 'a number from 0 to 1'. */
  readonly expected: string;
  readonly unit: string | null;
  /** One line: why one would change it. Null for 'preset' and 'formatVersion', which nobody edits as a field. */
  readonly why: string | null;
  /** Bare words on a command line are its values. */
  readonly isText: boolean;
  /** Limits of a number, or of each number of a list. */
  readonly min: number | null;
  readonly max: number | null;
  /** Whole numbers only. */
  readonly integer: boolean;
  /** Null is a value: 'as the network or the regime has it'. */
  readonly nullable: boolean;
  /** What a choice may be. */
  readonly options: readonly string[] | null;
  readonly default: unknown;
}

type Schema = v.GenericSchema & {
  readonly type: string;
  readonly wrapped?: Schema;
  readonly entries?: Record<string, Schema>;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
  readonly item?: Schema;
  readonly literal?: unknown;
  readonly default?: unknown;
};

const kinds: Readonly<Record<string, FieldKind>> = {
  number: 'number',
  picklist: 'choice',
  boolean: 'switch',
  string: 'text',
  array: 'numbers',
  literal: 'constant',
};

/** All settings by key, read once from the schema. */
export const configFields: ReadonlyMap<string, ConfigField> = new Map(
  collect(trainConfigSchema as unknown as Schema, '').map((field) => [field.key, field]),
);

function collect(schema: Schema, prefix: string): ConfigField[] {
  return Object.entries(schema.entries ?? {}).flatMap(([name, entry]) => {
    const key = prefix + name;
    const inner = unwrap(entry);
    return inner.entries ? collect(inner, `${key}.`) : [readField(key, entry, inner)];
  });
}

function readField(key: string, entry: Schema, inner: Schema): ConfigField {
  const info = fieldInfo(entry);
  const number = inner.item ?? inner;
  return {
    key,
    kind: kinds[inner.type]!,
    expected: describe(entry),
    unit: info?.unit ?? null,
    why: info?.why ?? null,
    isText: inner.type === 'string' || inner.type === 'picklist',
    min: requirement(number, 'min_value'),
    max: requirement(number, 'max_value'),
    integer: hasRule(number, 'integer'),
    nullable: isNullable(entry),
    options: inner.type === 'picklist' ? inner.options!.map(String) : null,
    default: info ? info.default : entry.default,
  };
}

function unwrap(schema: Schema): Schema {
  return schema.wrapped ? unwrap(schema.wrapped) : schema;
}

function isNullable(schema: Schema): boolean {
  return schema.type === 'nullable' || (schema.wrapped !== undefined && isNullable(schema.wrapped));
}

function hasRule(schema: Schema, type: string): boolean {
  return schema.pipe?.some((action) => action.type === type) ?? false;
}

function requirement(schema: Schema, type: string): number | null {
  const value = schema.pipe?.find((action) => action.type === type)?.requirement;
  return typeof value === 'number' ? value : null;
}

function describe(schema: Schema): string {
  if (schema.type === 'nullable') return `${describe(schema.wrapped!)}, or null`;
  if (schema.wrapped) return describe(schema.wrapped);
  if (schema.type === 'picklist') return `one of ${schema.options!.join(', ')}`;
  if (schema.type === 'literal') return JSON.stringify(schema.literal);
  if (schema.type === 'array') return `a list, each ${describe(schema.item!)}`;
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string') return 'a text';
  const noun = hasRule(schema, 'integer') ? 'a whole number' : 'a number';
  const low = requirement(schema, 'min_value');
  const high = requirement(schema, 'max_value');
  return low === null || high === null ? noun : `${noun} from ${low} to ${high}`;
}
