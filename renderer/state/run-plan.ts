import { AnnealError } from '../../src/base/errors.ts';
import type { TrainConfig } from '../../src/settings/train-config.ts';
import type { EpochOutcome } from '../../src/schedules/epoch-outcome.ts';
import { planTraining } from '../../src/schedules/plan-training.ts';
import { TrainingPlan } from '../../src/schedules/training-plan.ts';
import type { RunFacts } from './run-model.ts';

/** The plan that a run is drawn by. */
export interface RunPlan {
  readonly plan: TrainingPlan;
  /** Steps of the run before the plan's first. */
  readonly stepsBefore: number;
}

/** As the run told it; of a run that has told none, what its settings and its steps say. Null where they make no plan. */
export function runPlan(
  facts: Pick<RunFacts, 'training' | 'epochs' | 'now'>,
  config: TrainConfig | null,
): RunPlan | null {
  const { training } = facts;
  if (training) return { plan: new TrainingPlan(training.plan), stepsBefore: training.stepsBefore };
  const plan = config && planFromSteps(facts, config);
  return plan && { plan, stepsBefore: 0 };
}

/** What the epochs seen so far say to a rule that looks back. */
export function outcomesOf({ epochs }: Pick<RunFacts, 'epochs'>): EpochOutcome[] {
  return epochs.map(({ epoch, trainLoss, validation, validationLoss }) => ({
    epoch: epoch - 1,
    trainLoss,
    validation: validation && { accuracy: validation.accuracy, loss: validationLoss ?? NaN },
  }));
}

/** Steps of an epoch before anything tells: many, so that rounding to whole steps does not show. */
const longEpoch = 10_000;

function planFromSteps({ epochs, now }: Pick<RunFacts, 'epochs' | 'now'>, config: TrainConfig): TrainingPlan | null {
  const long = planWith(longEpoch, config);
  if (!long) return null;
  const last = epochs.at(-1);
  if (last) return planWith(last.step / last.epoch, config);
  return now ? planWith(now.totalSteps / long.epochsIn(long.totalSteps), config) : long;
}

function planWith(stepsOfEpoch: number, config: TrainConfig): TrainingPlan | null {
  try {
    const batchesOfOne = { ...config, data: { ...config.data, batchSize: 1 } };
    return planTraining(batchesOfOne, {
      pictures: Math.max(1, Math.round(stepsOfEpoch)),
      layerGroups: [],
      freezeTo: 0,
    });
  } catch (error) {
    if (error instanceof AnnealError) return null;
    throw error;
  }
}
