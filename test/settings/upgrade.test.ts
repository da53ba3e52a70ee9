import { expect, it } from 'vitest';
import { configVersion, settings } from '../../src/settings/train-config.ts';
import { fillAbsent } from '../../src/settings/upgrade.ts';
import { leavesOf } from '../../src/settings/values.ts';

it('a file from before a setting existed means what it meant: each setting that is missing gets its absent value', () => {
  const filled = fillAbsent({ preset: 'quick', loss: { labelSmoothing: 0.3 } }, 0);
  const values = leavesOf(filled);
  expect(filled).toMatchObject({ formatVersion: configVersion, preset: 'quick' });
  expect(values.get('loss.labelSmoothing')).toBe(0.3);
  expect(values.get('augment.flip')).toBe(false);
  for (const { key, absent } of settings.values())
    if (key !== 'loss.labelSmoothing') expect(values.get(key), key).toEqual(absent);
});

it('a file of the present version is left as it is', () => {
  const file = { formatVersion: configVersion, seed: 4, tune: { regime: 'all' } };
  expect(fillAbsent(file, configVersion)).toEqual(file);
});
