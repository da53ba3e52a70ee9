import type * as v from 'valibot';
import { fieldInfo } from './field.ts';
import { trainConfigSchema } from './train-config.ts';

/** One setting of a training configuration, as errors and forms name it. */
export interface ConfigField {
  /** With dots: 'schedule.maxLearningRate'. */
  readonly key: string;
  /** In words: 'a number from 0 to 1'. */
  readonly expected: string;
  readonly unit: string | null;
  /** Bare words on a command line are its values. */
  readonly isText: boolean;
}

type Schema = v.GenericSchema & {
  readonly type: string;
  readonly wrapped?: Schema;
  readonly entries?: Record<string, Schema>;
  readonly options?: readonly unknown[];
  readonly pipe?: readonly { readonly type: string; readonly requirement?: unknown }[];
  readonly item?: Schema;
  readonly literal?: unknown;
};

/** All settings by key, read once from the schema. */
export const configFields: ReadonlyMap<string, ConfigField> = new Map(
  collect(trainConfigSchema as unknown as Schema, '').map((field) => [field.key, field]),
);

function collect(schema: Schema, prefix: string): ConfigField[] {
  return Object.entries(schema.entries ?? {}).flatMap(([name, entry]) => {
    const key = prefix + name;
    const inner = unwrap(entry);
    if (inner.entries) return collect(inner, `${key}.`);
    const isText = inner.type === 'string' || inner.type === 'picklist';
    return [{ key, expected: describe(entry), unit: fieldInfo(entry)?.unit ?? null, isText }];
  });
}

function unwrap(schema: Schema): Schema {
  return schema.wrapped ? unwrap(schema.wrapped) : schema;
}

function describe(schema: Schema): string {
  if (schema.type === 'nullable') return `${describe(schema.wrapped!)}, or null`;
  if (schema.wrapped) return describe(schema.wrapped);
  if (schema.type === 'picklist') return `one of ${schema.options!.join(', ')}`;
  if (schema.type === 'literal') return JSON.stringify(schema.literal);
  if (schema.type === 'array') return `a list, each ${describe(schema.item!)}`;
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'string') return 'a text';
  const rule = (type: string) => schema.pipe?.find((action) => action.type === type);
  const noun = rule('integer') ? 'a whole number' : 'a number';
  const low = rule('min_value')?.requirement;
  const high = rule('max_value')?.requirement;
  return low === undefined || high === undefined ? noun : `${noun} from ${low} to ${high}`;
}
