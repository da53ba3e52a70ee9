import { tf } from '../tensor/tf.ts';
import { BatchReader } from './batch-reader.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import { startingPosition } from './checkpoint-position.ts';
import type { FineTuneTask } from './fine-tune-task.ts';
import type { RunContext } from './run-context.ts';
import { slotSteps } from './safety/step-backs.ts';
import { TrainingSafety } from './safety/training-safety.ts';
import { rateInputs } from './step-inputs.ts';
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

/** One training as its parts see it. */
interface Training {
  readonly task: FineTuneTask;
  readonly progress: TrainingProgress;
  readonly steps: TrainingSteps;
  readonly safety: TrainingSafety;
  readonly checkpoints: CheckpointKeeper;
}

/** Trains to the end of the plan, from the last checkpoint if there is one. Throws `train.diverged`, RunStopped. */
export async function fineTune(context: RunContext, task: FineTuneTask): Promise<FineTuned> {
  const { plan, config, listener } = task;
  const checkpoints = new CheckpointKeeper(context, task);
  const saved = await checkpoints.load();
  const progress = new TrainingProgress(plan, saved?.position ?? startingPosition(context.step));
  const batches = new BatchReader(task);
  const steps = new TrainingSteps(task, saved?.state ?? null, () => checkpoints.loadBranchStart());
  const safety = new TrainingSafety(context, task, { progress, steps }, saved?.good ?? null);
  const save = () => checkpoints.save(progress, steps, safety);
  context.step = progress.position.runStep;
  listener.started?.(progress.step);
  try {
    while (!progress.ended) {
      const { step } = progress;
      const learningRate = plan.rate(step, progress.history) * progress.rateFactor;
      const rates = rateInputs(config, learningRate, plan.lrScales, slotSteps(plan, step, progress.stepBacks));
      const inputs = { ...(await batches.read(step)), ...rates };
      await steps.enter(step, inputs);
      if (plan.beginsBranch(step)) await safety.offerGood({ known: true });
      const { loss, measures: measured } = steps.run(inputs, { measured: step % measuredEvery === 0 });
      const measures = { ...measured, loss, learningRate };
      const cause = safety.watchStep(measures);
      progress.advance(cause === null ? loss : null);
      context.step = progress.position.runStep;
      listener.stepEnded?.({ step: progress.step, measures });
      if (cause) safety.stepBack(cause);
      await endParts({ task, progress, steps, safety, checkpoints });
      if (listener.shouldStop?.()) progress.stop();
      if (safety.takeUnsaved() || checkpoints.isDue(progress)) await save();
      await context.breathe(save);
    }
    return { snapshots: progress.snapshots, best: progress.position.bestSnapshot };
  } finally {
    steps.dispose();
  }
}

/** The epoch and the snapshot that end with the newest step, if any. */
async function endParts({ task, progress, steps, safety, checkpoints }: Training): Promise<void> {
  const { plan, listener, judge } = task;
  const { step } = progress;
  const endsEpoch = plan.endsEpoch(step);
  const snapshot = plan.snapshotAfter(step);
  if (!endsEpoch && !snapshot) return;
  let params = steps.readParameters();
  try {
    let validation = (await judge?.(params)) ?? null;
    const cause = await safety.watchNetwork(params, validation);
    if (cause) {
      safety.stepBack(cause);
      tf.dispose(params);
      params = steps.readParameters();
      validation = (await judge?.(params)) ?? null;
    }
    if (endsEpoch) await listener.epochEnded?.({ ...progress.endEpoch(validation), params });
    if (endsEpoch) await safety.offerGood();
    if (snapshot) {
      const index = progress.snapshots - 1;
      await safety.tellIfConstant(params, validation);
      await listener.snapshot?.({ member: snapshot.member, index, validation, params });
      progress.judge(index, validation);
    }
    if (plan.endsTrunkOfBranches(step)) await checkpoints.saveBranchStart(progress, params);
  } finally {
    tf.dispose(params);
  }
}
