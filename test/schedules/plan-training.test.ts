import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { trainConfigSchema, type TrainConfigInput } from '../../src/settings/train-config.ts';
import { planTraining } from '../../src/schedules/plan-training.ts';
import { TrainingPlan } from '../../src/schedules/training-plan.ts';
import type { PlanRecord } from '../../src/protocol/plan-record.ts';

const layerGroups = ['a', 'b', 'c', 'd', 'e', 'head'].map((name) => ({ name, lrScale: 1 }));
const facts = { layerGroups, freezeTo: 2 };

/** The plan over `stepsPerEpoch` batches of one picture. */
function plan(input: TrainConfigInput, stepsPerEpoch = 7): TrainingPlan {
  const config = v.parse(trainConfigSchema, { ...input, data: { batchSize: 1 } });
  return planTraining(config, { ...facts, pictures: stepsPerEpoch });
}
const planned = (schedule: TrainConfigInput['schedule'], stepsPerEpoch = 7, snapshots = 1): TrainingPlan =>
  plan({ schedule, ensemble: { snapshots } }, stepsPerEpoch);
const snapshotSteps = ({ snapshots }: TrainingPlan): number[] => snapshots.map(({ step }) => step);

describe('the plan of a training', () => {
  it('takes a snapshot at the floor, and the next step is at the peak', () => {
    const cycles = planned({ name: 'sgdr', cycleEpochs: 2, cycleMultiplier: 2, numCycles: 3, warmupEpochs: 1 });
    expect(snapshotSteps(cycles)).toEqual([7 + 14, 7 + 14 + 28, 7 + 14 + 28 + 56]);
    expect(cycles.restarts).toEqual([21, 49]);
    expect([cycles.totalSteps, cycles.epochs]).toEqual([105, 15]);
    for (const { step } of cycles.snapshots) expect(cycles.rate(step - 1)).toBe(0);
    for (const step of cycles.restarts) expect(cycles.rate(step)).toBe(0.01);
    expect([0, 6, 20, 21, 48, 49, 104].map((step) => cycles.at(step).cycle)).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });

  it('climbs through the warm-up without touching the floor or the peak', () => {
    const warm = planned({ name: 'sgdr', warmupEpochs: 1, maxLearningRate: 0.8, minLearningRate: 0 });
    for (let step = 0; step < 7; step++) expect(warm.rate(step)).toBeCloseTo((0.8 * (step + 1)) / 8, 14);
    expect(warm.rate(7)).toBe(0.8);
  });

  it('takes snapshots at equal distances where the schedule has no cycles, and never restarts', () => {
    const cosine = planned({ name: 'cosine', epochs: 10, warmupEpochs: 0.5 }, 10, 3);
    expect(snapshotSteps(cosine)).toEqual([33, 67, 100]);
    expect(cosine.snapshots.map(({ member }) => member)).toEqual(['snapshot-1', 'snapshot-2', 'snapshot-3']);
    expect(cosine.restarts).toEqual([]);
    expect([cosine.totalSteps, cosine.epochs]).toEqual([100, 10]);
    expect(cosine.rate(5)).toBe(0.01);
    expect(cosine.rate(99)).toBe(0);
  });

  it('drops the rate at the milestones of step decay and leaves a constant alone', () => {
    const step = planned({ name: 'step', epochs: 4, maxLearningRate: 1 }, 5);
    expect([9, 10, 14, 15].map((s) => step.rate(s))).toEqual([1, 0.1, 0.1, 0.1 * 0.1]);
    const constant = planned({ name: 'constant', epochs: 4, maxLearningRate: 0.2 });
    expect([0, 27].map((s) => constant.rate(s))).toEqual([0.2, 0.2]);
    const linear = planned({ name: 'linear', epochs: 1, maxLearningRate: 0.6 }, 4);
    expect(linear.rate(1)).toBeCloseTo(0.4, 15);
  });

  it('rounds cycles that grow by a fraction to whole steps and cuts the last epoch short', () => {
    const growing = planned({ name: 'sgdr', cycleEpochs: 1, cycleMultiplier: 1.5, numCycles: 3 });
    expect(snapshotSteps(growing)).toEqual([7, 7 + 11, 7 + 11 + 16]); // 7, 10.5, 15.75
    expect(growing.epochs).toBe(5);
    expect([7, 18, 34].map((done) => growing.endsEpoch(done))).toEqual([true, false, true]);
    // Five epochs, and the snapshot after 18 steps lies within one.
    expect(growing.validations).toBe(6);
  });

  it('refuses what cannot run', () => {
    expect(() => planned({ minLearningRate: 0.5, maxLearningRate: 0.1 })).toThrow('schedule.floorAbovePeak');
    expect(() => planned({ name: 'cosine', epochs: 3, warmupEpochs: 3 })).toThrow('schedule.warmupTooLong');
    expect(() => planned({ name: 'constant', epochs: 1 }, 3, 4)).toThrow('schedule.tooManySnapshots');
    expect(() => planned({ name: 'sgdr', cycleMultiplier: 10, numCycles: 100 })).toThrow('schedule.tooLong');
  });

  it('is rebuilt from its record, through JSON', () => {
    const config = {
      schedule: { warmupEpochs: 0.4, cycleMultiplier: 1.3, numCycles: 4 },
      ensemble: { start: 'star' },
    } as const;
    const before = plan(config);
    const after = new TrainingPlan(JSON.parse(JSON.stringify(before.record)) as PlanRecord);
    for (let step = 0; step < before.totalSteps; step++) {
      expect(after.rate(step)).toBe(before.rate(step));
      expect(after.at(step)).toEqual(before.at(step));
      expect(after.slotSteps(step)).toEqual(before.slotSteps(step));
    }
  });
});

describe('what goes by cycles', () => {
  const starred: TrainConfigInput = {
    ensemble: { start: 'star', snapshots: 3 },
    stop: { patienceCycles: 2 },
    tune: { gradualUnfreezing: true, headStart: 'random' },
  };
  const cycles: TrainConfigInput['schedule'] = { name: 'sgdr', cycleEpochs: 2, numCycles: 3, warmupEpochs: 0.5 };

  it('draws otherwise in every star branch, and keeps one order within an epoch that a branch begins in', () => {
    const star = plan({ ...starred, schedule: cycles });
    // 4 warm-up steps (3.5 rounded), then cycles of 14.
    expect(star.record.branches).toEqual([18, 32]);
    // Epochs begin at 0, 7, 14, 21, …: the branch of step 18 is seen from step 21 on.
    expect([13, 14, 18, 20, 21, 34, 35, 45].map((step) => star.at(step).branch)).toEqual([0, 0, 0, 0, 1, 1, 2, 2]);
    expect([17, 18, 19, 32].map((step) => star.beginsBranch(step))).toEqual([false, true, false, true]);
    expect([17, 18, 32].map((done) => star.endsTrunkOfBranches(done))).toEqual([false, true, false]);
  });

  it('unfreezes one more group with each cycle down to the boundary, beside a fitted head from the second one on', () => {
    const boundaries = (tune: TrainConfigInput['tune']): number[] => {
      const long = plan({ tune, schedule: { ...cycles, numCycles: 6 } });
      return [0, 18, 32, 46, 60, 74].map((step) => long.at(step).freezeTo);
    };
    expect(boundaries({ gradualUnfreezing: true, headStart: 'random' })).toEqual([5, 4, 3, 2, 2, 2]);
    expect(boundaries({ gradualUnfreezing: true, headStart: 'fitted' })).toEqual([4, 3, 2, 2, 2, 2]);
    expect(boundaries({ gradualUnfreezing: false })).toEqual([2, 2, 2, 2, 2, 2]);
  });

  it('counts the steps of slots from the step that unfroze the group, and in a star branch from its begin', () => {
    const chain = plan({ ...starred, ensemble: { start: 'chain' }, schedule: cycles });
    expect(chain.slotSteps(0)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(chain.slotSteps(17)).toEqual([0, 0, 0, 0, 0, 18]);
    expect(chain.slotSteps(18)).toEqual([0, 0, 0, 0, 1, 19]);
    expect(chain.slotSteps(33)).toEqual([0, 0, 0, 2, 16, 34]);
    const star = plan({ ...starred, schedule: cycles });
    expect(star.slotSteps(17)).toEqual([0, 0, 0, 0, 0, 18]);
    expect(star.slotSteps(33)).toEqual([0, 0, 0, 2, 2, 2]);
  });

  it('ends a training whose snapshots do not improve for as many as the patience says', () => {
    const patient = plan({ ...starred, schedule: cycles });
    expect(patient.outOfPatience(3, 1)).toBe(false);
    expect(patient.outOfPatience(3, 0)).toBe(true);
    expect(plan({ schedule: cycles }).outOfPatience(100, 0)).toBe(false);
  });

  it.each(['constant', 'linear', 'cosine', 'step'] as const)('means nothing in a %s schedule', (name) => {
    const schedule = { name, epochs: 9, warmupEpochs: 1 } as const;
    const given = plan({ ...starred, schedule });
    const absent = plan({ ensemble: { snapshots: 3 }, schedule });
    expect(given.record).toEqual(absent.record);
    expect(given.at(given.totalSteps - 1)).toMatchObject({ branch: 0, cycle: 0, freezeTo: 2 });
    expect(given.outOfPatience(3, 0)).toBe(false);
  });
});
