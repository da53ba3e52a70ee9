import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { rateSketch } from '../../../renderer/shell/rate-sketch.ts';
import { trainConfigSchema } from '../../../src/protocol/train-config.ts';

describe('the sketch of the learning rate', () => {
  it('falls from the peak in each cycle and restarts', () => {
    const schedule = { maxLearningRate: 0.01, minLearningRate: 0.0001, numCycles: 2, cycleEpochs: 5 };
    const values = rateSketch(v.parse(trainConfigSchema, { schedule }), 1000, 10, 101)!;
    expect(values[0]).toBeCloseTo(1);
    expect(values[49]).toBeLessThan(0.05);
    expect(values[51]).toBeGreaterThan(0.95);
    expect(values[100]).toBeCloseTo(0, 1);
  });

  it('stays at the top where the rate is constant', () => {
    const config = v.parse(trainConfigSchema, { schedule: { name: 'constant' } });
    expect(new Set(rateSketch(config, 100, 20, 10))).toEqual(new Set([1]));
  });

  it('is not there before the run knows its length', () => {
    expect(rateSketch(v.parse(trainConfigSchema, {}), 0, 0, 10)).toBeNull();
  });
});
