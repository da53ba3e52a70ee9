import fc from 'fast-check';
import * as v from 'valibot';
import type { Setting } from '../../src/settings/declaration.ts';
import { settings } from '../../src/settings/train-config.ts';
import type { ConfigValues } from '../../src/settings/values.ts';

/** Any value that a setting may have. */
export function usableValue(setting: Setting): fc.Arbitrary<unknown> {
  const usable = ofKind(setting);
  return setting.nullable ? fc.option(usable, { nil: null }) : usable;
}

function ofKind(setting: Setting): fc.Arbitrary<unknown> {
  const { kind, min, max, integer, options } = setting;
  const limits = { min: min ?? 0, max: max ?? 0 };
  const number = integer ? fc.integer(limits) : fc.double({ ...limits, noNaN: true });
  switch (kind) {
    case 'number':
      return number;
    case 'numbers':
      return fc.array(number, { minLength: 1, maxLength: 6 });
    case 'choice':
      return fc.constantFrom(...Object.keys(options!));
    case 'switch':
      return fc.boolean();
    case 'text':
      return fc.string().filter((text) => v.is(setting.schema, text));
  }
}

/** A usable value for every setting, whatever contradicts what. */
export const anyValues: fc.Arbitrary<ConfigValues> = fc
  .record(Object.fromEntries([...settings.values()].map((setting) => [setting.key, usableValue(setting)])))
  .map((values) => new Map(Object.entries(values)));

export const anySetting: fc.Arbitrary<Setting> = fc.constantFrom(...settings.values());
