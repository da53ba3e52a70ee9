import * as v from 'valibot';
import type { DatasetIndex } from '../../protocol/dataset.ts';
import { TrainingPlan } from '../../schedules/training-plan.ts';
import { rangeTestSteps } from '../../schedules/range-test-steps.ts';
import { storedKind } from '../../stored/kind.ts';
import { BatchReader } from '../batch-reader.ts';
import type { FineTuneSetup } from '../fine-tune-setup.ts';
import type { FineTuneTask } from '../fine-tune-task.ts';
import type { RunContext } from '../run-context.ts';
import { stage } from '../stage.ts';
import { rateInputs } from '../step-inputs.ts';
import { TrainingSteps } from '../training-steps.ts';
import { proposeRate, rangeTest, type RangeCurve } from './range-test.ts';

/** From a hundredth of the rate that was set to a hundred times it. */
const decades = 100;

const foundKind = storedKind(
  'stage',
  v.object({
    rate: v.number(),
    rates: v.array(v.number()),
    losses: v.array(v.number()),
    smoothed: v.array(v.number()),
  }),
);

interface Pictures {
  readonly pictures: readonly DatasetIndex[];
  readonly labelOf: (picture: DatasetIndex) => number;
}

/**
 * The setup with plans whose peak rate a range test on these pictures found, where `schedule.findRate` says so. The test is a stage of the
 * run, so that a resumed run goes on with the same rate.
 */
export async function withFoundRate(
  context: RunContext,
  setup: FineTuneSetup,
  training: Pictures,
): Promise<FineTuneSetup> {
  const { config, runFolder } = context.job;
  const { findRate, maxLearningRate: set, minLearningRate } = config.schedule;
  if (!findRate) return setup;
  const { value } = await stage(runFolder, 'learning-rate', foundKind, async () => {
    const plan = setup.plan(training.pictures.length);
    const task = { ...setup, ...training, plan, key: 'learning-rate', config, listener: {} };
    const curve = await context.timed('train', () => rangeTestOf(context, task));
    const { rate: proposed, limit } = proposeRate(curve, set);
    const rate = Math.max(proposed, minLearningRate);
    context.diagnose({ code: 'train.rateFound', params: { rate, set, limit, steps: curve.rates.length } });
    return {
      value: { rate, rates: [...curve.rates], losses: [...curve.losses], smoothed: [...curve.smoothed] },
      tensors: {},
    };
  });
  return { ...setup, plan: (pictures) => withPeak(setup.plan(pictures), value.rate) };
}

/** Runs the test on the network of the task, whose weights stay as they are: what the steps change is their own. */
export async function rangeTestOf(context: RunContext, task: FineTuneTask): Promise<RangeCurve> {
  const { config, plan } = task;
  const { maxLearningRate: set } = config.schedule;
  // With everything that will ever train.
  const { step: at } = plan.record.unfreezings.at(-1)!;
  const trains = plan.slotSteps(at).map((count) => count > 0);
  const batches = new BatchReader(task);
  const training = new TrainingSteps(task, null, () => Promise.resolve({}));
  try {
    return await rangeTest(
      async (rate, step) => {
        await context.breathe();
        const seen = trains.map((one) => (one ? step + 1 : 0));
        const inputs = { ...(await batches.read(step)), ...rateInputs(config, rate, plan.lrScales, seen) };
        if (step === 0) await training.enter(at, inputs);
        return training.run(inputs).loss;
      },
      { from: set / decades, to: set * decades, steps: rangeTestSteps },
    );
  } finally {
    training.dispose();
  }
}

/** The same plan with another peak: no step of it lies elsewhere. */
function withPeak({ record }: TrainingPlan, maxLearningRate: number): TrainingPlan {
  return new TrainingPlan({ ...record, schedule: { ...record.schedule, maxLearningRate } });
}
