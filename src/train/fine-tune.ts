import { AnnealError } from '../base/errors.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { Validation } from '../schedules/epoch-outcome.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { BatchReader } from './batch-reader.ts';
import type { BatchSource } from './batch-source.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import { startingPosition } from './checkpoint-position.ts';
import type { Network } from './network.ts';
import type { RunContext } from './run-context.ts';
import { rateInputs } from './step-inputs.ts';
import type { StepTechnique } from './technique.ts';
import type { StepMeasures, TrainListener } from './train-listener.ts';
import { TrainingProgress } from './training-progress.ts';
import { TrainingSteps } from './training-steps.ts';

export interface FineTuneTask {
  /** Names this part of the run: 'final', 'fold-2'. */
  readonly key: string;
  readonly network: Network;
  readonly source: BatchSource;
  readonly config: TrainConfig;
  readonly plan: TrainingPlan;
  /** Layer groups below this one never train. */
  readonly freezeTo: number;
  /** Indices into the dataset. */
  readonly pictures: readonly number[];
  readonly labelOf: (picture: number) => number;
  readonly listener: TrainListener;
  /** Default: all of techniques/index.ts. */
  readonly techniques?: readonly StepTechnique[];
  /** Judges the network on held-out pictures after each epoch and at each snapshot; absent where nothing is held out. */
  readonly judge?: (params: Readonly<Record<string, Tensor>>) => Promise<Validation>;
}

export interface FineTuned {
  /** Snapshots taken. */
  readonly snapshots: number;
  /** Index of the one that validated best; where nothing is held out, of the last. */
  readonly best: number;
}

/** Steps from one that computes every measure to the next; the others tell loss and rate alone. */
const measuredEvery = 10;

/** Trains to the end of the plan, from the last checkpoint if there is one. Throws `train.diverged`, RunStopped. */
export async function fineTune(context: RunContext, task: FineTuneTask): Promise<FineTuned> {
  const { plan, config, listener } = task;
  const checkpoints = new CheckpointKeeper(context, task);
  const saved = await checkpoints.load();
  const progress = new TrainingProgress(plan, saved?.position ?? startingPosition(context.step));
  const batches = new BatchReader(task);
  const steps = new TrainingSteps(task, saved?.state ?? null, () => checkpoints.loadBranchStart());
  const save = () => checkpoints.save(progress, steps);
  context.step = progress.position.runStep;
  listener.started?.(progress.step);
  try {
    while (!progress.ended) {
      const { step } = progress;
      const learningRate = plan.rate(step, progress.history);
      const rates = rateInputs(config, learningRate, plan.lrScales, plan.slotSteps(step));
      const inputs = { ...(await batches.read(step)), ...rates };
      await steps.enter(step, inputs);
      const { loss, measures: measured } = steps.run(inputs, { measured: step % measuredEvery === 0 });
      const measures = { ...measured, loss, learningRate };
      if (!Number.isFinite(loss)) throw diverged(step, measures);
      progress.advance(loss);
      context.step = progress.position.runStep;
      listener.stepEnded?.({ step: progress.step, measures });
      await endParts(task, progress, steps, checkpoints);
      if (listener.shouldStop?.()) progress.stop();
      if (checkpoints.isDue(progress)) await save();
      await context.breathe(save);
    }
    return { snapshots: progress.snapshots, best: progress.position.bestSnapshot };
  } finally {
    steps.dispose();
  }
}

/** The epoch and the snapshot that end with the newest step, if any. */
async function endParts(
  { plan, listener, judge }: FineTuneTask,
  progress: TrainingProgress,
  steps: TrainingSteps,
  checkpoints: CheckpointKeeper,
): Promise<void> {
  const { step } = progress;
  const endsEpoch = plan.endsEpoch(step);
  const snapshot = plan.snapshotAfter(step);
  if (!endsEpoch && !snapshot) return;
  const params = steps.readParameters();
  try {
    const validation = (await judge?.(params)) ?? null;
    if (endsEpoch) await listener.epochEnded?.({ ...progress.endEpoch(validation), params });
    if (snapshot) {
      const index = progress.snapshots - 1;
      await listener.snapshot?.({ member: snapshot.member, index, validation, params });
      progress.judge(index, validation);
    }
    if (plan.endsTrunkOfBranches(step)) await checkpoints.saveBranchStart(progress, params);
  } finally {
    tf.dispose(params);
  }
}

function diverged(step: number, { learningRate, loss }: StepMeasures): AnnealError {
  return new AnnealError('train.diverged', { step, learningRate, loss: String(loss) }, { kind: 'failure' });
}
