import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, hasEffect, inEffect } from '../../src/settings/effect.ts';
import { presetNames } from '../../src/settings/preset-names.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { settings } from '../../src/settings/train-config.ts';
import { configFrom, leavesOf, presetValues, type ConfigValues } from '../../src/settings/values.ts';
import { anyValues, usableValue } from './arbitrary-values.ts';

const configs = anyValues.map((values) => configFrom('balanced', values));

describe('settings in effect', () => {
  it('know what they need', () => {
    const values = new Map([...presetValues('balanced'), ['schedule.name', 'step'] as const]);
    const idle = [...settings.values()].filter((setting) => !hasEffect(setting, values)).map(({ key }) => key);
    expect(idle).toEqual(
      expect.arrayContaining(['schedule.numCycles', 'optimizer.momentum', 'augment.views', 'ensemble.start']),
    );
    for (const key of ['schedule.stepFactor', 'data.batchSize', 'augment.brightness', 'ensemble.snapshots'])
      expect(idle).not.toContain(key);
  });

  it('differ where one of two configurations obeys them, in the order of the form', () => {
    const balanced = presetValues('balanced');
    const changed = new Map([
      ...balanced,
      ['ensemble.start', 'star'] as const,
      ['schedule.stepFactor', 0.3] as const,
      ['optimizer.momentum', 0.8] as const,
      ['data.batchSize', 16] as const,
      ['tune.l2Grid', [...(balanced.get('tune.l2Grid') as number[])]] as const,
    ]);
    const keys = (a: ConfigValues, b: ConfigValues) => differences(a, b).map(({ key }) => key);
    expect(keys(changed, balanced)).toEqual(['data.batchSize', 'ensemble.start']);
    const stepped = new Map([...changed, ['schedule.name', 'step'] as const]);
    const all = ['data.batchSize', 'schedule.name', 'schedule.stepFactor', 'ensemble.start'];
    expect(keys(stepped, balanced).sort()).toEqual(all.sort());
    expect(keys(balanced, stepped)).toEqual(keys(stepped, balanced));
  });

  it('do nothing in a schedule without cycles where they speak of cycles', () => {
    const set = [
      'schedule.name=cosine',
      'stop.patienceCycles=3',
      'tune.gradualUnfreezing=true',
      'ensemble.snapshots=3',
    ];
    const { ensemble, stop, tune } = inEffect(resolveConfig({ preset: 'thorough', set }));
    expect([ensemble.start, stop.patienceCycles, tune.gradualUnfreezing]).toEqual(['chain', 0, false]);
    expect(ensemble.snapshots).toBe(3);
  });

  it('stay as they are in every preset but for those that are idle in it', () => {
    for (const preset of presetNames) {
      const values = presetValues(preset);
      const effective = leavesOf(inEffect(configFrom(preset, values)));
      for (const setting of settings.values())
        if (hasEffect(setting, values))
          expect(effective.get(setting.key), setting.key).toEqual(values.get(setting.key));
    }
  });

  it('are found once for all: what is in effect of what is in effect is the same', () => {
    fc.assert(fc.property(configs, (config) => void expect(inEffect(inEffect(config))).toEqual(inEffect(config))));
  });

  it('are untouched by a change of one that has no effect', () => {
    const changed = configs.chain((config) => {
      const idle = [...settings.values()].filter((setting) => !hasEffect(setting, leavesOf(config)));
      if (idle.length === 0) return fc.constant({ config, other: config });
      return fc
        .constantFrom(...idle)
        .chain((setting) => usableValue(setting).map((value) => [setting.key, value] as const))
        .map((entry) => ({ config, other: configFrom('balanced', new Map([...leavesOf(config), entry])) }));
    });
    fc.assert(fc.property(changed, ({ config, other }) => void expect(inEffect(other)).toEqual(inEffect(config))));
  });
});
