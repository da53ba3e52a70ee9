import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { trainConfigSchema, type TrainConfigInput } from '../../src/protocol/train-config.ts';
import { scheduleFromConfig } from '../../src/schedules/schedule-from-config.ts';

const plan = (schedule: NonNullable<TrainConfigInput['schedule']>, stepsPerEpoch = 7, snapshots = 1) =>
  scheduleFromConfig(v.parse(trainConfigSchema, { schedule }).schedule, stepsPerEpoch, snapshots);

describe('scheduleFromConfig', () => {
  it('takes a snapshot at the floor, and the next step is at the peak', () => {
    const schedule = plan({ name: 'sgdr', cycleEpochs: 2, cycleMultiplier: 2, numCycles: 3, warmupEpochs: 1 });
    expect(schedule.cycleEnds).toEqual([7 + 14, 7 + 14 + 28, 7 + 14 + 28 + 56]);
    expect([schedule.totalSteps, schedule.totalEpochs]).toEqual([105, 15]);
    for (const end of schedule.cycleEnds) expect(schedule.learningRate(end - 1)).toBe(0);
    for (const end of schedule.cycleEnds.slice(0, -1)) expect(schedule.learningRate(end)).toBe(0.01);
    expect([0, 6, 20, 21, 48, 49, 104, 105].map((step) => schedule.cycleOf(step))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  it('climbs through the warm-up without touching the floor or the peak', () => {
    const schedule = plan({ name: 'sgdr', warmupEpochs: 1, maxLearningRate: 0.8, minLearningRate: 0 });
    for (let step = 0; step < 7; step++) expect(schedule.learningRate(step)).toBeCloseTo((0.8 * (step + 1)) / 8, 14);
    expect(schedule.learningRate(7)).toBe(0.8);
  });

  it('takes snapshots at equal distances where the schedule has no cycles', () => {
    const schedule = plan({ name: 'cosine', epochs: 10, warmupEpochs: 0.5 }, 10, 3);
    expect(schedule.cycleEnds).toEqual([33, 67, 100]);
    expect([schedule.totalSteps, schedule.totalEpochs]).toEqual([100, 10]);
    expect(schedule.learningRate(5)).toBe(0.01);
    expect(schedule.learningRate(99)).toBe(0);
    expect([32, 33, 66, 67, 99].map((step) => schedule.cycleOf(step))).toEqual([0, 1, 1, 2, 2]);
  });

  it('drops the rate at the milestones of step decay and leaves a constant alone', () => {
    const step = plan({ name: 'step', epochs: 4, maxLearningRate: 1 }, 5);
    expect([9, 10, 14, 15].map((s) => step.learningRate(s))).toEqual([1, 0.1, 0.1, 0.1 * 0.1]);
    const constant = plan({ name: 'constant', epochs: 4, maxLearningRate: 0.2 });
    expect([0, 27].map((s) => constant.learningRate(s))).toEqual([0.2, 0.2]);
    const linear = plan({ name: 'linear', epochs: 1, maxLearningRate: 0.6 }, 4);
    expect(linear.learningRate(1)).toBeCloseTo(0.4, 15);
  });

  it('rounds cycles that grow by a fraction to whole steps and the run to whole epochs', () => {
    const schedule = plan({ name: 'sgdr', cycleEpochs: 1, cycleMultiplier: 1.5, numCycles: 3 });
    expect(schedule.cycleEnds).toEqual([7, 7 + 11, 7 + 11 + 16]); // 7, 10.5, 15.75
    expect(schedule.totalEpochs).toBe(5);
  });

  it('refuses what cannot run', () => {
    expect(() => plan({ minLearningRate: 0.5, maxLearningRate: 0.1 })).toThrow('schedule.floorAbovePeak');
    expect(() => plan({ name: 'cosine', epochs: 3, warmupEpochs: 3 })).toThrow('schedule.warmupTooLong');
    expect(() => plan({ name: 'constant', epochs: 1 }, 3, 4)).toThrow('schedule.tooManySnapshots');
    expect(() => plan({ name: 'sgdr', cycleMultiplier: 10, numCycles: 100 })).toThrow('schedule.tooLong');
  });
});
