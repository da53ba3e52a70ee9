import * as v from 'valibot';
import { configVersion, settings, trainConfigSchema, type TrainConfig } from '../settings/train-config.ts';
import { declarations } from '../settings/index.ts';
import { fieldsOf, raise, storedKind, type UpgradeStep } from './kind.ts';

/**
 * Steps by the version that they start from, where a setting was renamed or its values mean something else. A version that only
 * added settings needs none: those get their `absent` value.
 */
const changes: Readonly<Record<number, UpgradeStep>> = {};

const steps = Array.from({ length: configVersion - 1 }, (_, i): UpgradeStep => changes[i + 1] ?? ((raw) => raw));

/** Of a run: what it lacks is off, as it was when the run was made. */
export const configurationKind = storedKind<TrainConfig>(
  'configuration',
  v.pipe(
    v.unknown(),
    v.transform((raw) => filled(raw, () => true)),
    trainConfigSchema,
  ),
  steps,
);

/**
 * The settings of a file that is given to a new run. One that the program wrote says its version: settings that are younger than it
 * are off. One that a person wrote says none, and what it leaves out comes from the goal. @throws stored.newer
 */
export function upgradeSettingsFile(raw: Readonly<Record<string, unknown>>, where: string): Record<string, unknown> {
  if (!('formatVersion' in raw)) return raw;
  const since = sinceOf();
  const version = Number(raw['formatVersion']);
  return filled(raise(configurationKind, raw, where), (key) => since.get(key)! > version);
}

type SectionName = { [K in keyof TrainConfig]: TrainConfig[K] extends object ? K : never }[keyof TrainConfig];

/** A section of a configuration inside another record: what it lacks is off. */
export function sectionSchema<S extends SectionName>(section: S): v.GenericSchema<unknown, TrainConfig[S]> {
  const entries = [...settings.values()].flatMap(({ key, schema, absent }) => {
    const [place, name] = key.split('.') as [string, string?];
    return place === section && name !== undefined ? [[name, v.optional(schema, () => absent)]] : [];
  });
  return v.strictObject(Object.fromEntries(entries)) as unknown as v.GenericSchema<unknown, TrainConfig[S]>;
}

function sinceOf(): ReadonlyMap<string, number> {
  return new Map(
    declarations.flatMap((declaration) =>
      declaration.settings.map(({ key }): [string, number] => [key, declaration.since]),
    ),
  );
}

/** With the `absent` value of every setting that is not there and that `which` takes. */
function filled(raw: unknown, which: (key: string) => boolean): Record<string, unknown> {
  const config: Record<string, unknown> = { ...fieldsOf(raw) };
  for (const { key, absent } of settings.values()) {
    if (!which(key)) continue;
    const [section, name] = key.split('.') as [string, string?];
    if (name === undefined) config[section] ??= absent;
    else {
      const found = fieldsOf(config[section] ?? {});
      if (!(name in found)) config[section] = { ...found, [name]: absent };
    }
  }
  return config;
}
