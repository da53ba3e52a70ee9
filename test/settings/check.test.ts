import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkSetting, conflictsOf, costOf, warningsOf } from '../../src/settings/check.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { settings, trainConfigSchema } from '../../src/settings/train-config.ts';
import { configFrom, leavesOf, presetValues, sameValue } from '../../src/settings/values.ts';
import { anySetting, anyValues, usableValue } from './arbitrary-values.ts';

const settingOf = (key: string) => settings.get(key)!;

describe('checking one setting', () => {
  it.each([
    ['data.batchSize', 0, 1],
    ['data.batchSize', 16.4, 16],
    ['data.batchSize', 1e9, 1024],
    ['data.batchSize', 'many', 32],
    ['data.batchSize', Number.NaN, 32],
    ['data.batchSize', null, 32],
    ['schedule.maxLearningRate', 50, 10],
    ['data.sampler', 'balance', 'balanced'],
    ['data.noTest', 'yes', false],
    ['tune.l2Grid', [], [1e-4, 1e-3, 1e-2, 1e-1, 1]],
    ['tune.l2Grid', [-1, 'x', 2], [0, 2]],
    ['model.inputSize', 4, 16],
  ])('%s = %j offers %j', (key, value, nearest) => {
    const problem = checkSetting(settingOf(key), value);
    expect(problem).toMatchObject({ key, nearest, failure: { code: 'config.badValue', kind: 'input' } });
  });

  it('takes every usable value, and gives it back through a configuration file', () => {
    const drawn = anySetting.chain((setting) => fc.tuple(fc.constant(setting), usableValue(setting)));
    fc.assert(
      fc.property(drawn, ([setting, value]) => {
        expect(checkSetting(setting, value)).toBeNull();
        const config = configFrom('quick', new Map([...presetValues('quick'), [setting.key, value]]));
        const read = v.parse(trainConfigSchema, JSON.parse(JSON.stringify(config)) as unknown);
        expect(sameValue(leavesOf(read).get(setting.key), Object.is(value, -0) ? 0 : value)).toBe(true);
      }),
    );
  });

  it('refuses what the schema refuses and offers a value that it takes', () => {
    const junk = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.array(fc.double()),
      fc.constant(null),
      fc.object(),
    );
    fc.assert(
      fc.property(anySetting, junk, (setting, value) => {
        const problem = checkSetting(setting, value);
        expect(problem === null).toBe(v.is(setting.schema, value));
        if (problem) expect(checkSetting(setting, problem.nearest)).toBeNull();
      }),
    );
  });
});

describe('settings beside each other', () => {
  it('contradict each other no more when the one that gives way has done so', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const settled = new Map(values);
        for (const { key, nearest } of conflictsOf(values)) settled.set(key, nearest);
        expect(conflictsOf(settled)).toEqual([]);
      }),
    );
  });

  it('warn of fixed views that no frozen layer would use', () => {
    const values = new Map([...presetValues('balanced'), ['augment.mode', 'cachedViews'] as const]);
    expect(warningsOf(values, { freezeTo: 0 })).toMatchObject([{ key: 'augment.mode', nearest: 'online' }]);
    expect(warningsOf(values, { freezeTo: 3 })).toEqual([]);
  });

  it.each([
    ['sgd', 0],
    ['nesterov', 1],
    ['adamw', 2],
  ])('cost with %s %i slots a parameter', (name, slots) => {
    const config = resolveConfig({ set: [`optimizer.name=${name}`] });
    expect(costOf(leavesOf(config))).toEqual({ step: 1, slots, evaluations: 0 });
  });
});
