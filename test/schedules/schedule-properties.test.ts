import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { trainConfigSchema } from '../../src/settings/train-config.ts';
import { planTraining } from '../../src/schedules/plan-training.ts';

const schedule = fc.record({
  name: fc.constantFrom('constant', 'linear', 'cosine', 'step', 'sgdr'),
  epochs: fc.integer({ min: 3, max: 12 }),
  maxLearningRate: fc.double({ min: 0.01, max: 1, noNaN: true }),
  minLearningRate: fc.double({ min: 0, max: 0.01, noNaN: true }),
  warmupEpochs: fc.double({ min: 0, max: 2, noNaN: true }),
  cycleEpochs: fc.integer({ min: 1, max: 4 }),
  cycleMultiplier: fc.double({ min: 1, max: 3, noNaN: true }),
  numCycles: fc.integer({ min: 1, max: 5 }),
  peakDecay: fc.double({ min: 0.1, max: 1, noNaN: true }),
});
const configs = fc
  .record({
    schedule,
    ensemble: fc.record({ start: fc.constantFrom('chain', 'star'), snapshots: fc.integer({ min: 1, max: 5 }) }),
    tune: fc.record({ gradualUnfreezing: fc.boolean(), headStart: fc.constantFrom('fitted', 'random') }),
    data: fc.record({ batchSize: fc.integer({ min: 1, max: 4 }) }),
  })
  .map((config) => v.parse(trainConfigSchema, config));
const pictures = fc.integer({ min: 6, max: 20 });
const layerGroups = ['a', 'b', 'c', 'd', 'head'].map((name) => ({ name, lrScale: 1 }));
const layers = { layerGroups, freezeTo: 1 };
const margin = 1e-12;

describe('any plan', () => {
  it('stays between floor and peak, and ends with a snapshot', () => {
    fc.assert(
      fc.property(configs, pictures, (config, count) => {
        const plan = planTraining(config, { ...layers, pictures: count });
        expect(plan.snapshots.at(-1)!.step).toBe(plan.totalSteps);
        const { name, numCycles, minLearningRate, maxLearningRate } = config.schedule;
        expect(plan.snapshots).toHaveLength(name === 'sgdr' ? numCycles : config.ensemble.snapshots);
        for (let step = 0; step < plan.totalSteps; step++) {
          expect(plan.rate(step)).toBeGreaterThanOrEqual(minLearningRate - margin);
          expect(plan.rate(step)).toBeLessThanOrEqual(maxLearningRate + margin);
        }
      }),
    );
  });

  it('with restarts takes every snapshot at the floor and never rises within a cycle', () => {
    fc.assert(
      fc.property(configs, pictures, (config, count) => {
        const restarting = { ...config, schedule: { ...config.schedule, name: 'sgdr' as const } };
        const plan = planTraining(restarting, { ...layers, pictures: count });
        const { minLearningRate } = config.schedule;
        const cycleStarts = [plan.record.warmupSteps, ...plan.restarts];
        plan.snapshots.forEach(({ step }, i) => {
          // A cycle of a single step is at its peak.
          if (step - cycleStarts[i]! > 1) expect(plan.rate(step - 1)).toBe(minLearningRate);
        });
        for (let step = plan.record.warmupSteps + 1; step < plan.totalSteps; step++) {
          if (!plan.restarts.includes(step)) expect(plan.rate(step)).toBeLessThanOrEqual(plan.rate(step - 1) + margin);
        }
      }),
    );
  });

  it('says the same as counting batch by batch, epoch by epoch', () => {
    fc.assert(
      fc.property(configs, pictures, (config, count) => {
        const plan = planTraining(config, { ...layers, pictures: count });
        const { batchSize } = plan;
        const slots = new Array<number>(layerGroups.length).fill(0);
        let [epoch, batch, shown, left, validations, cycle, branch] = [0, 0, 0, count, 0, 0, 0];
        for (let step = 0; step < plan.totalSteps; step++) {
          if (plan.restarts.includes(step)) {
            cycle++;
            if (config.ensemble.start === 'star') slots.fill(0);
          }
          // The order of an epoch belongs to the branch that its first step lies in.
          if (batch === 0) branch = config.ensemble.start === 'star' ? cycle : 0;
          const place = plan.at(step);
          expect(place).toMatchObject({ epoch, batch, batchSize, branch, cycle });
          for (let group = 0; group < slots.length; group++)
            slots[group] = group >= place.freezeTo ? slots[group]! + 1 : 0;
          expect(plan.slotSteps(step)).toEqual(slots);
          const now = Math.min(batchSize, left);
          shown += now;
          left -= now;
          batch++;
          const ends = left === 0 || step === plan.totalSteps - 1;
          expect(plan.endsEpoch(step + 1)).toBe(ends);
          if (ends || plan.snapshotAfter(step + 1)) validations++;
          if (ends) [epoch, batch, left] = [epoch + 1, 0, count];
        }
        expect(plan.epochs).toBe(epoch);
        expect(plan.picturesShown).toBe(shown);
        expect(plan.validations).toBe(validations);
      }),
    );
  });
});
