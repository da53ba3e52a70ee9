import { accuracyOf } from '../metrics/accuracy-of.ts';
import { tf } from '../tensor/tf.ts';
import type { HeadChoice } from '../train/choose-head.ts';
import { fineTune } from '../train/fine-tune.ts';
import type { EpochEnd } from '../train/train-listener.ts';
import { networkToFineTune } from '../train/fine-tune-network.ts';
import { setUpFineTune, type FineTuneSetup } from '../train/fine-tune-setup.ts';
import { startingHead, withHead } from '../train/fit-head.ts';
import { MemberLog } from './member-log.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import { memberWeights, reportEnsemble } from '../ensemble/report-ensemble.ts';
import type { RunContext } from '../train/run-context.ts';
import { writeHeldOut } from '../weights/prediction-files.ts';
import { storeTrunk, writeRunModel } from './run-model.ts';
import { saveSnapshot, trainedSnapshots, trunkOf } from './snapshots.ts';
import { RunReport } from './run-report.ts';
import { trainHeads } from './train-heads.ts';
import type { Trained } from './trained.ts';
import { tryFolds } from './try-folds.ts';

/**
 * Small data: fine-tuning is tried on the folds, and is kept only where it beats the heads beyond the noise of the paired
 * folds; then everything trains. The accuracy told is out of fold in either case.
 */
export async function trainByFolds(context: RunContext, prepared: PreparedRun, choice: HeadChoice): Promise<Trained> {
  const { pool, labelOf } = prepared;
  const bare = await networkToFineTune(context, prepared, choice);
  const network = withHead(bare, await startingHead(context, bare, pool, pool, labelOf, choice.l2));
  const setup = await setUpFineTune(context, network, pool);
  const { difference, tried } = await context.timed('folds', () => tryFolds(context, prepared, choice, setup));
  const { mean, standardError } = difference;
  const better = tried !== null && difference.better;
  context.host.emit({
    type: 'diagnosticFound',
    code: better ? 'train.fineTuningHelps' : 'train.fineTuningDoesNotHelp',
    params: { mean, standardError, head: choice.accuracy.accuracy },
    step: context.step,
  });
  if (!better) {
    await setup.dispose();
    tf.dispose(network.params);
    return trainHeads(context, prepared, choice);
  }
  const heldOut = { pictures: Int32Array.from(pool), labels: Int32Array.from(pool, labelOf) };
  const { trunkMilliseconds } = setup;
  const { runFolder } = context.job;
  const split = 'outOfFold';
  await writeHeldOut(runFolder, { split, ...heldOut, trunkMilliseconds, byFolds: null }, prepared.classes);
  const log = await trainOnAll(context, prepared, setup, tried.cycles, choice.backbone.name);
  const members = log.entries().map(({ member }, i) => ({ ...member, weight: tried.weights[i]! }));
  return {
    backbone: choice.backbone.name,
    ...trainedSnapshots(context, setup, members),
    ensemble: tried.accuracy,
    heldOut: { pictures: pool, probabilities: tried.probabilities },
  };
}

/** The run that counts: all pictures, nothing held out; the accuracies told are those that the folds found for each cycle. */
async function trainOnAll(
  context: RunContext,
  prepared: PreparedRun,
  setup: FineTuneSetup,
  cycles: readonly Float32Array[],
  backbone: string,
): Promise<MemberLog> {
  const { pool, labelOf, classes } = prepared;
  const { config, runFolder } = context.job;
  const plan = setup.plan(pool.length);
  const labels = pool.map(labelOf);
  const log = await MemberLog.open(runFolder);
  const report = new RunReport(context, plan);
  const trunk = await storeTrunk(runFolder, trunkOf(setup));
  let milliseconds: number | null = null;
  const epochEnded = async ({ epoch, trainLoss, params }: EpochEnd) => {
    const started = performance.now();
    const train = await setup.evaluator.probabilities(params, pool);
    milliseconds = (performance.now() - started) / pool.length;
    const accuracy = accuracyOf(train, labels, classes, 'train');
    report.epoch(epoch, { trainLoss, train: accuracy, validation: null, validationLoss: null });
  };
  await context.timed('train', () =>
    fineTune(context, {
      ...setup,
      plan,
      key: 'final',
      config,
      pictures: pool,
      labelOf,
      listener: {
        started: (done) => report.started(done),
        stepEnded: (step) => report.step(step),
        epochEnded,
        async snapshot({ index: cycle, params }) {
          const probabilities = cycles[cycle]!;
          const accuracy = accuracyOf(probabilities, labels, classes, 'outOfFold');
          const member = await saveSnapshot(context, setup, cycle, params, accuracy);
          await log.put({ cycle, member, probabilities, milliseconds }, classes);
          const judged = log.judged();
          const weights = memberWeights(judged, labels, config.ensemble.selection);
          const averaged = weights.filter((weight) => weight > 0).length;
          const latency = setup.trunkMilliseconds + averaged * (milliseconds ?? 0);
          const evaluated = reportEnsemble(judged, weights, labels, classes, 'outOfFold', latency);
          const members = log.entries().map((entry, i) => ({ ...entry.member, weight: weights[i]! }));
          const { spec } = setup.network;
          const { accuracy: ensemble } = evaluated;
          await writeRunModel(context.job, prepared, { backbone, spec, trunk, members, ensemble, test: null });
          report.snapshot(cycle, evaluated);
        },
      },
    }),
  );
  return log;
}
