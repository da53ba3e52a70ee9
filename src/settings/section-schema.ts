import * as v from 'valibot';
import type { TrainConfig } from './train-config.ts';
import { settingsIn } from './values.ts';

type SectionName = { [K in keyof TrainConfig]: TrainConfig[K] extends object ? K : never }[keyof TrainConfig];

/** A section of a configuration inside another record: what it lacks is off. */
export function sectionSchema<S extends SectionName>(section: S): v.GenericSchema<unknown, TrainConfig[S]> {
  const entries = settingsIn(section).map(({ key, schema, absent }) => [
    key.slice(section.length + 1),
    v.optional(schema, () => absent),
  ]);
  return v.strictObject(Object.fromEntries(entries)) as unknown as v.GenericSchema<unknown, TrainConfig[S]>;
}
