import { describe, expect, it } from 'vitest';
import type { TrainingPlan } from '../../../src/schedules/training-plan.ts';
import { planTraining } from '../../../src/schedules/plan-training.ts';
import { rateFactor, slotSteps, type StepBack } from '../../../src/train/safety/step-backs.ts';
import { configOf } from '../../support/training-fixture.ts';

const group = (name: string) => ({ name, lrScale: 1 });

/** Ten steps an epoch, three cycles of one epoch. */
function plan(gradual: boolean): TrainingPlan {
  const config = configOf({
    data: { batchSize: 1 },
    tune: { regime: 'all', gradualUnfreezing: gradual },
    schedule: { cycleEpochs: 1, numCycles: 3 },
  });
  return planTraining(config, {
    pictures: 10,
    freezeTo: 0,
    layerGroups: [group('stem'), group('deep'), group('head')],
  });
}

const back = (step: number, lost: number): StepBack => ({ step, lost, cause: 'loss' });

it('each step-back lowers the rate to a third; without one the rate is exactly that of the plan', () => {
  expect(rateFactor([])).toBe(1);
  expect(rateFactor([back(5, 5)])).toBeCloseTo(1 / 3, 15);
  expect(rateFactor([back(5, 5), back(9, 4)])).toBeCloseTo(1 / 9, 15);
});

describe('the steps that slots have seen', () => {
  it('are those of the plan where nothing was undone', () => {
    for (const step of [0, 7, 15, 29]) expect(slotSteps(plan(true), step, [])).toEqual(plan(true).slotSteps(step));
  });

  it('agree with a count along the way', () => {
    const backs = [back(12, 2), back(18, 6), back(25, 5)];
    for (const gradual of [false, true]) {
      // Slots of a state are counted as an optimizer would, and put back with it.
      let slots = [0, 0, 0];
      const states = new Map<number, number[]>([[0, slots]]);
      for (let step = 0; step < 30; step++) {
        const trains = plan(gradual)
          .slotSteps(step)
          .map((planned) => planned > 0);
        slots = slots.map((count, i) => (trains[i] ? count + 1 : 0));
        expect(
          slotSteps(
            plan(gradual),
            step,
            backs.filter((one) => one.step <= step),
          ),
          `step ${step}`,
        ).toEqual(slots);
        states.set(step + 1, slots);
        const undone = backs.find((one) => one.step === step + 1);
        if (undone) slots = states.get(undone.step - undone.lost)!;
        if (undone) states.set(step + 1, slots);
      }
    }
  });
});
