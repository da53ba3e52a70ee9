import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { trainConfigSchema } from '../../src/protocol/train-config.ts';
import { scheduleFromConfig } from '../../src/schedules/schedule-from-config.ts';

const schedules = fc
  .record({
    name: fc.constantFrom('constant', 'linear', 'cosine', 'step', 'sgdr'),
    epochs: fc.integer({ min: 3, max: 12 }),
    maxLearningRate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    minLearningRate: fc.double({ min: 0, max: 0.01, noNaN: true }),
    warmupEpochs: fc.double({ min: 0, max: 2, noNaN: true }),
    cycleEpochs: fc.integer({ min: 1, max: 4 }),
    cycleMultiplier: fc.double({ min: 1, max: 3, noNaN: true }),
    numCycles: fc.integer({ min: 1, max: 5 }),
    peakDecay: fc.double({ min: 0.1, max: 1, noNaN: true }),
  })
  .map((schedule) => v.parse(trainConfigSchema, { schedule }).schedule);
const stepsPerEpoch = fc.integer({ min: 2, max: 9 });
const margin = 1e-12;
const snapshots = fc.integer({ min: 1, max: 5 });

describe('any schedule', () => {
  it('stays between floor and peak, ends with a snapshot, and numbers its cycles in order', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, snapshots, (config, perEpoch, count) => {
        const plan = scheduleFromConfig(config, perEpoch, count);
        expect(plan.cycleEnds.at(-1)).toBe(plan.totalSteps);
        expect(plan.cycleEnds).toHaveLength(config.name === 'sgdr' ? config.numCycles : count);
        expect(plan.totalEpochs * perEpoch - plan.totalSteps).toBeGreaterThanOrEqual(0);
        expect(plan.totalEpochs * perEpoch - plan.totalSteps).toBeLessThan(perEpoch);
        for (let step = 0; step < plan.totalSteps; step++) {
          const rate = plan.learningRate(step);
          expect(rate).toBeGreaterThanOrEqual(config.minLearningRate - margin);
          expect(rate).toBeLessThanOrEqual(config.maxLearningRate + margin);
          expect(plan.cycleOf(step)).toBe(plan.cycleEnds.filter((end) => end <= step).length);
        }
      }),
    );
  });

  it('with restarts takes every snapshot at the floor and never rises within a cycle', () => {
    fc.assert(
      fc.property(schedules, stepsPerEpoch, (config, perEpoch) => {
        const plan = scheduleFromConfig({ ...config, name: 'sgdr' }, perEpoch, 1);
        const warmupSteps = Math.round(config.warmupEpochs * perEpoch);
        for (const end of plan.cycleEnds) expect(plan.learningRate(end - 1)).toBe(config.minLearningRate);
        for (let step = warmupSteps + 1; step < plan.totalSteps; step++) {
          if (plan.cycleEnds.includes(step)) continue;
          expect(plan.learningRate(step)).toBeLessThanOrEqual(plan.learningRate(step - 1) + margin);
        }
      }),
    );
  });
});
