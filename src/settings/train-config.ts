import * as v from 'valibot';
import type { Setting } from './declaration.ts';
import { declarations } from './index.ts';
import { defaultPreset, presetNames, type PresetName } from './preset-names.ts';

type Declared = (typeof declarations)[number]['settings'][number];
type Key = Declared['key'];
type SectionName = Key extends infer K ? (K extends `${infer S}.${string}` ? S : never) : never;
type ValueOf<K extends Key> = Extract<Declared, { readonly key: K }>['fresh'];
type Section<S extends string> = { [K in Key as K extends `${S}.${infer Name}` ? Name : never]: ValueOf<K> };
type TopLevel = { [K in Key as K extends `${string}.${string}` ? never : K]: ValueOf<K> };
type OrDefault<T> = { [K in keyof T]?: T[K] | undefined };

/** Every hyper-parameter of a run, in the sections that the keys of the settings name. */
export type TrainConfig = { formatVersion: number; preset: PresetName } & TopLevel & {
    [S in SectionName]: Section<S>;
  };

/** As it is written by hand: what is left out is as in a fresh configuration. */
export type TrainConfigInput = OrDefault<{ formatVersion: number; preset: PresetName } & TopLevel> & {
  [S in SectionName]?: OrDefault<Section<S>> | undefined;
};

/** All settings by key, in the order of the declarations. */
export const settings: ReadonlyMap<string, Setting> = new Map(
  declarations.flatMap((declaration) =>
    declaration.settings.map((setting: Setting) => [setting.key, setting] as const),
  ),
);

/** Of a configuration that is written now; rises with the newest declaration. */
export const configVersion: number = Math.max(...declarations.map(({ since }) => since));

/** What a configuration may hold. What is left out gets its fresh value, what is unknown is refused. */
export const trainConfigSchema = schemaOf() as unknown as v.GenericSchema<TrainConfigInput, TrainConfig>;

function schemaOf() {
  const top: Record<string, v.GenericSchema> = {};
  const sections: Record<string, Record<string, v.GenericSchema>> = {};
  for (const { key, schema, fresh } of settings.values()) {
    const [section, name] = key.split('.') as [string, string?];
    const place = name === undefined ? top : (sections[section] ??= {});
    place[name ?? section] = v.optional(schema, () => fresh);
  }
  return v.strictObject({
    formatVersion: v.optional(v.literal(configVersion), configVersion),
    preset: v.optional(v.picklist(presetNames), defaultPreset),
    ...top,
    ...Object.fromEntries(
      Object.entries(sections).map(([name, entries]) => [name, v.optional(v.strictObject(entries), {})]),
    ),
  });
}
