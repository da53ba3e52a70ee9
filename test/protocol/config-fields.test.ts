import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { checkSetting } from '../../src/protocol/check-setting.ts';
import { configFields } from '../../src/protocol/config-fields.ts';
import { leavesOf, nestValues, presetValues, sameValue } from '../../src/protocol/config-values.ts';
import { presetNames, trainConfigSchema } from '../../src/protocol/train-config.ts';

const fieldOf = (key: string) => configFields.get(key)!;

describe('config fields', () => {
  it('read limits, wholeness, options and default from the schema', () => {
    expect(fieldOf('data.batchSize')).toMatchObject({ kind: 'number', min: 1, max: 1024, integer: true, default: 32 });
    expect(fieldOf('schedule.maxLearningRate')).toMatchObject({ min: 1e-8, max: 10, integer: false, unit: 'rate' });
    expect(fieldOf('model.inputSize')).toMatchObject({ kind: 'number', nullable: true, default: null, min: 16 });
    expect(fieldOf('tune.groupScales')).toMatchObject({ kind: 'numbers', nullable: true, min: 0, max: 100 });
    expect(fieldOf('data.sampler').options).toEqual(['shuffle', 'stratified', 'balanced']);
    expect(fieldOf('data.noTest')).toMatchObject({ kind: 'switch', default: false });
    expect(fieldOf('preset')).toMatchObject({ kind: 'choice', why: null, default: 'balanced' });
  });

  it('hold a default that the schema itself fills in', () => {
    const whole = leavesOf(v.parse(trainConfigSchema, {}));
    for (const field of configFields.values()) expect(whole.get(field.key), field.key).toEqual(field.default);
  });
});

describe('preset values', () => {
  it.each(presetNames)('of %s are the configuration that the schema resolves', (preset) => {
    const nested = nestValues(presetValues(preset));
    expect(v.parse(trainConfigSchema, nested)).toEqual(nested);
    expect(leavesOf(nested)).toEqual(presetValues(preset));
  });

  it('compare lists by their elements', () => {
    expect(sameValue([0.5, 0.75], [0.5, 0.75])).toBe(true);
    expect(sameValue([0.5], [0.5, 0.75])).toBe(false);
    expect(sameValue(null, [])).toBe(false);
  });
});

describe('checking one setting', () => {
  it.each([
    ['data.batchSize', 0, 1],
    ['data.batchSize', 16.4, 16],
    ['data.batchSize', 1e9, 1024],
    ['data.batchSize', 'many', 32],
    ['data.batchSize', Number.NaN, 32],
    ['schedule.maxLearningRate', 50, 10],
    ['data.sampler', 'balance', 'balanced'],
    ['data.noTest', 'yes', false],
    ['tune.l2Grid', [], null],
  ])('%s = %j offers %j', (key, value, nearest) => {
    const problem = checkSetting(fieldOf(key), value);
    expect(problem).toMatchObject({ key, nearest, failure: { code: 'config.badValue', kind: 'input' } });
    if (nearest !== null) expect(checkSetting(fieldOf(key), nearest)).toBeNull();
  });

  it('agrees with the schema on every default and preset', () => {
    for (const preset of presetNames)
      for (const [key, value] of presetValues(preset)) expect(checkSetting(fieldOf(key), value), key).toBeNull();
    expect(checkSetting(fieldOf('model.inputSize'), null)).toBeNull();
    expect(checkSetting(fieldOf('data.batchSize'), null)).not.toBeNull();
  });
});
