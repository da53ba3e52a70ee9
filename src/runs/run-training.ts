import { storeTrunk, writeRunModel } from './run-model.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import type { RunResult } from '../protocol/run-event.ts';
import type { TrainHost, TrainJob } from '../protocol/train-job.ts';
import { inEffect } from '../settings/effect.ts';
import { loadRuntime } from '../tensor/runtime.ts';
import { writeTest } from '../weights/prediction-files.ts';
import { chooseHead } from '../train/choose-head.ts';
import { averageAt, calibrate, uncalibrated, type Calibrated } from './calibrate.ts';
import { networkToFineTune } from '../train/fine-tune-network.ts';
import { startingHead, withHead } from '../train/fit-head.ts';
import { randomStart } from '../train/random-start.ts';
import { prepareRun, type PreparedRun } from '../train/prepare-run.ts';
import { removeCheckpoint } from '../train/checkpoint.ts';
import { RunContext } from '../train/run-context.ts';
import { resultKind } from '../stored/run.ts';
import { stage } from '../train/stage.ts';
import { resultOf, type Tested } from './run-result.ts';
import { trainByFolds } from './train-by-folds.ts';
import { trainHeads } from './train-heads.ts';
import { fineTuneOrKeepHeads, trainValidated } from './train-validated.ts';
import type { Trained } from './trained.ts';

/**
 * The main job: split → choose → train → average → test once, unless it is a trial. Leaves a model folder (ensemble/model-folder.ts) in
 * `job.runFolder`. May be killed at any moment and called again with the same job: finished stages are read back, training
 * goes on from its checkpoint. Throws RunStopped after `host.control()` said stop, AnnealError for what a user can mend.
 */
export async function runTraining(job: TrainJob, host: TrainHost): Promise<RunResult> {
  const { value } = await stage(job.runFolder, 'result', resultKind, async () => ({
    value: await wholeRun(job, host),
    tensors: {},
  }));
  // Only now: until the result is on disk, a killed run must not train again.
  await removeCheckpoint(job.runFolder, 'final');
  return value;
}

async function wholeRun(job: TrainJob, host: TrainHost): Promise<RunResult> {
  const context = new RunContext({ ...job, config: inEffect(job.config) }, host);
  try {
    await loadRuntime(job.threads === null ? {} : { threads: job.threads });
    const prepared = await prepareRun(context);
    const trained = await train(context, prepared);
    const heldOut = calibrated(context, prepared, trained);
    const test = await testOnce(context, prepared, trained, heldOut.temperature);
    const trunk = await storeTrunk(job.runFolder, trained.trunk);
    const { temperature, accuracy: ensemble } = heldOut;
    await writeRunModel(job, prepared, { ...trained, trunk, ensemble, test: test?.accuracy ?? null, temperature });
    const result = resultOf(context, prepared, trained, { heldOut, test });
    await trained.dispose();
    return result;
  } finally {
    await context.close();
  }
}

async function train(context: RunContext, prepared: PreparedRun): Promise<Trained> {
  const { config } = context.job;
  if (!config.model.pretrained) {
    const network = await randomStart(context, prepared);
    return trainValidated(context, prepared, network.spec.architecture, network);
  }
  const choice = await chooseHead(context, prepared);
  if (config.tune.regime === 'head') return trainHeads(context, prepared, choice);
  if (prepared.byFolds) return trainByFolds(context, prepared, choice);
  const { pool, validation, labelOf } = prepared;
  return fineTuneOrKeepHeads(context, prepared, choice, async () => {
    const bare = await networkToFineTune(context, prepared, choice);
    const heldOut = { pictures: validation };
    const all = [...pool, ...validation];
    const task = { pool: all, training: pool, labelOf, l2: choice.l2, heldOut, stage: 'starting-head' };
    return withHead(bare, await startingHead(context, bare, task));
  });
}

function calibrated({ job }: RunContext, { labelOf, classes }: PreparedRun, trained: Trained): Calibrated {
  const labels = trained.heldOut.pictures.map(labelOf);
  return job.config.ensemble.calibrate ? calibrate(trained, labels, classes) : uncalibrated(trained);
}

/** The only look at the test part, after everything has been chosen; none in a trial. */
async function testOnce(
  context: RunContext,
  { split, labelOf, classes }: PreparedRun,
  trained: Trained,
  temperature: number,
): Promise<Tested | null> {
  const { test } = split;
  if (test.length === 0 || context.job.purpose === 'trial') return null;
  return context.timed('test', async () => {
    const predicted = await trained.predict(test);
    const labels = test.map(labelOf);
    const members = trained.members.map(({ name, weight }, i) => ({ name, weight, probabilities: predicted[i]! }));
    await writeTest(context.job.runFolder, test, labels, members, classes);
    const probabilities = averageAt(members, classes, temperature);
    return { labels, probabilities, accuracy: accuracyOf(probabilities, labels, classes, 'test') };
  });
}
