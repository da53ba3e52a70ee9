import { AnnealError } from '../base/errors.ts';
import { tf } from '../tensor/tf.ts';
import { BatchReader } from './batch-reader.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import { startingPosition } from './checkpoint-position.ts';
import type { FineTuneTask } from './fine-tune-task.ts';
import type { RunContext } from './run-context.ts';
import { rateInputs } from './step-inputs.ts';
import type { StepMeasures } from './train-listener.ts';
import { TrainingProgress } from './training-progress.ts';
import { TrainingSteps } from './training-steps.ts';

export interface FineTuned {
  /** Snapshots taken. */
  readonly snapshots: number;
  /** Index of the one that validated best; where nothing is held out, of the last. */
  readonly best: number;
}

/** Steps from one that tells every measure to the next; the others tell loss and rate alone. */
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
