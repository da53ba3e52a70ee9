import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvePoints, draggedValue, handlesOf, type HandleName } from '../../../renderer/components/schedule-curve.ts';
import { checkSetting } from '../../../src/settings/check.ts';
import { settings, type TrainConfig } from '../../../src/settings/train-config.ts';
import { nestValues, presetValues } from '../../../src/settings/values.ts';
import { planTraining } from '../../../src/schedules/plan-training.ts';
import type { TrainingPlan } from '../../../src/schedules/training-plan.ts';

const cycles = { 'schedule.cycleEpochs': 4, 'schedule.numCycles': 3, 'schedule.maxLearningRate': 0.003 };
const config = (changes: Record<string, unknown> = {}): TrainConfig =>
  nestValues([...presetValues('balanced'), ...Object.entries({ ...cycles, ...changes })]) as unknown as TrainConfig;

function drawn(whole: TrainConfig, pictures = 640): TrainingPlan {
  return planTraining(whole, { pictures, layerGroups: [], freezeTo: 0 });
}

describe('the curve of a schedule', () => {
  it('misses no peak and no trough, however long the run is', () => {
    const whole = config({ 'schedule.cycleEpochs': 400, 'schedule.numCycles': 7 });
    const schedule = drawn(whole, 50_000);
    const points = curvePoints(schedule, 600);
    expect(points.length).toBeLessThan(330);
    expect(points.filter(({ rate }) => rate === 0.003)).toHaveLength(7);
    expect(points.filter(({ rate }) => rate === 0)).toHaveLength(7);
    expect(points.map(({ step }) => step)).toEqual([...points.map(({ step }) => step)].sort((a, b) => a - b));
  });

  it('of one step is that step', () => {
    const one = config({ 'schedule.name': 'constant', 'schedule.epochs': 1, 'schedule.warmupEpochs': 0 });
    const rate = one.schedule.maxLearningRate;
    expect(curvePoints(drawn(one, 1), 600)).toEqual([{ step: 0, rate }]);
  });
});

describe('the handles of a schedule', () => {
  const names = (whole: TrainConfig): HandleName[] => handlesOf(whole.schedule, drawn(whole)).map(({ name }) => name);

  it('are those that the kind of schedule has', () => {
    expect(names(config())).toEqual(['peak', 'warmup', 'floor', 'length', 'growth']);
    expect(names(config({ 'schedule.numCycles': 1 }))).toEqual(['peak', 'warmup', 'floor', 'length']);
    expect(names(config({ 'schedule.name': 'cosine' }))).toEqual(['peak', 'warmup', 'floor', 'epochs']);
    expect(names(config({ 'schedule.name': 'constant' }))).toEqual(['peak', 'warmup', 'epochs']);
  });

  it('let go where they stand change nothing', () => {
    for (const name of ['sgdr', 'cosine', 'linear']) {
      const whole = config({ 'schedule.name': name, 'schedule.warmupEpochs': 1, 'schedule.cycleMultiplier': 2 });
      const schedule = drawn(whole);
      for (const handle of handlesOf(whole.schedule, schedule)) {
        const setting = handle.key.split('.')[1] as keyof TrainConfig['schedule'];
        expect(draggedValue(handle, handle, whole.schedule, schedule), handle.name).toBe(whole.schedule[setting]);
      }
    }
  });

  it('drag to the length that they point at', () => {
    const whole = config();
    const schedule = drawn(whole); // 20 steps an epoch, cycles of 4 epochs
    const handle = (name: HandleName) => handlesOf(whole.schedule, schedule).find((one) => one.name === name)!;
    const drag = (name: HandleName, step: number, rate = 0) =>
      draggedValue(handle(name), { step, rate }, whole.schedule, schedule);
    expect(drag('length', 6 * 20)).toBe(6);
    expect(drag('growth', (4 + 8) * 20)).toBe(2);
    expect(drag('warmup', 25)).toBe(1.25);
    expect(drag('peak', 0, 0.00512)).toBe(0.0051);
    expect(drag('floor', 79, 0.5)).toBe(0.003);
  });

  it('never leave what the settings may be', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.double({ min: -1, max: 100, noNaN: true }), (step, rate) => {
        for (const name of ['sgdr', 'cosine']) {
          const whole = config({ 'schedule.name': name });
          const schedule = drawn(whole);
          for (const handle of handlesOf(whole.schedule, schedule)) {
            const value = draggedValue(handle, { step, rate }, whole.schedule, schedule);
            expect(checkSetting(settings.get(handle.key)!, value)).toBeNull();
            const next = config({ 'schedule.name': name, [handle.key]: value });
            expect(() => drawn(next)).not.toThrow();
          }
        }
      }),
    );
  });
});
