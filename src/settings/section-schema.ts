import * as v from 'valibot';
import { settings, type TrainConfig } from './train-config.ts';

type SectionName = { [K in keyof TrainConfig]: TrainConfig[K] extends object ? K : never }[keyof TrainConfig];

/** A section of a configuration inside another record: what it lacks is off. */
export function sectionSchema<S extends SectionName>(section: S): v.GenericSchema<unknown, TrainConfig[S]> {
  const entries = [...settings.values()].flatMap(({ key, schema, absent }) => {
    const [place, name] = key.split('.') as [string, string?];
    return place === section && name !== undefined ? [[name, v.optional(schema, () => absent)]] : [];
  });
  return v.strictObject(Object.fromEntries(entries)) as unknown as v.GenericSchema<unknown, TrainConfig[S]>;
}
