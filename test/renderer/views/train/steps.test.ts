import { describe, expect, it } from 'vitest';
import { hasEffect, stepOfKey, steps } from '../../../../renderer/views/train/steps.ts';
import { configFields } from '../../../../src/protocol/config-fields.ts';
import { presetValues } from '../../../../src/protocol/config-values.ts';

describe('the steps of the wizard', () => {
  it('hold every setting that a form shows', () => {
    for (const { key, why } of configFields.values()) if (why !== null) expect(stepOfKey(key), key).not.toBe('review');
    expect(new Set([...configFields.keys()].map(stepOfKey))).toEqual(new Set(steps));
  });

  it('know which settings do nothing beside the others', () => {
    const values = new Map([...presetValues('balanced'), ['schedule.name', 'step']]);
    expect(hasEffect('schedule.stepFactor', values)).toBe(true);
    expect(hasEffect('schedule.numCycles', values)).toBe(false);
    expect(hasEffect('optimizer.beta1', values)).toBe(false);
    expect(hasEffect('data.batchSize', values)).toBe(true);
    expect(hasEffect('no.such', values)).toBe(false);
  });
});
