import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { rateSketch } from '../../../renderer/shell/rate-sketch.ts';
import { trainConfigSchema, type TrainConfigInput } from '../../../src/settings/train-config.ts';
import { planTraining } from '../../../src/schedules/plan-training.ts';

/** 100 steps an epoch. */
const sketch = (schedule: TrainConfigInput['schedule'], columns: number) =>
  rateSketch(
    planTraining(v.parse(trainConfigSchema, { schedule }), { pictures: 3200, layerGroups: [], freezeTo: 0 }),
    columns,
  );

describe('the sketch of the learning rate', () => {
  it('falls from the peak in each cycle and restarts', () => {
    const schedule = { maxLearningRate: 0.01, minLearningRate: 0.0001, numCycles: 2, cycleEpochs: 5 };
    const values = sketch(schedule, 101);
    expect(values[0]).toBeCloseTo(1);
    expect(values[49]).toBeLessThan(0.05);
    expect(values[51]).toBeGreaterThan(0.95);
    expect(values[100]).toBeCloseTo(0, 1);
  });

  it('stays at the top where the rate is constant', () => {
    expect(new Set(sketch({ name: 'constant' }, 10))).toEqual(new Set([1]));
  });
});
