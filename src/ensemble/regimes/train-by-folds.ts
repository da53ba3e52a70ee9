import { accuracyOf } from '../../metrics/accuracy-of.ts';
import { averageProbabilities } from '../../metrics/average-probabilities.ts';
import { pairedDifference } from '../../metrics/paired-difference.ts';
import type { Tensor } from '../../tensor/tf.ts';
import { tf } from '../../tensor/tf.ts';
import { float32Tensor } from '../../weights/host-tensor.ts';
import { removeCheckpoint } from '../../train/checkpoint.ts';
import type { HeadChoice } from '../../train/choose-head.ts';
import { fineTune } from '../../train/fine-tune.ts';
import { planFineTune } from '../../train/fine-tune-plan.ts';
import { networkToFineTune } from '../../train/fine-tune-network.ts';
import { setUpFineTune, type FineTuneSetup } from '../../train/fine-tune-setup.ts';
import { fittedHead, withHead } from '../../train/fit-head.ts';
import { MemberLog } from '../member-log.ts';
import type { PreparedRun } from '../../train/prepare-run.ts';
import { memberWeights, reportEnsemble } from '../report-ensemble.ts';
import type { RunContext } from '../../train/run-context.ts';
import { saveSnapshot, trainedSnapshots } from '../snapshots.ts';
import { stage } from '../../train/stage.ts';
import { StepMeter } from '../../train/step-meter.ts';
import { trainHeads } from './train-heads.ts';
import type { Trained } from './trained.ts';

/**
 * Small data: fine-tuning is tried on the folds, and is kept only where it beats the heads beyond the noise of the paired
 * folds; then everything trains. The accuracy told is out of fold in either case.
 */
export async function trainByFolds(context: RunContext, prepared: PreparedRun, choice: HeadChoice): Promise<Trained> {
  const { config } = context.job;
  const { pool, labelOf } = prepared;
  const bare = await networkToFineTune(context, prepared, choice);
  const network = withHead(bare, await fittedHead(context, bare, pool, pool, labelOf, choice.l2));
  const setup = await setUpFineTune(context, network, pool);
  const cycles: Float32Array[] = await context.timed('folds', () => foldCycles(context, prepared, choice, setup));
  const verdict = compareWithHeads(prepared, choice, cycles, config.ensemble.selection);
  const { mean, standardError, better } = verdict.difference;
  context.host.emit({
    type: 'diagnosticFound',
    code: better ? 'train.fineTuningHelps' : 'train.fineTuningDoesNotHelp',
    params: { mean, standardError, head: choice.accuracy.accuracy, fineTuned: verdict.accuracy.accuracy },
    step: context.step,
  });
  if (!better) {
    await setup.dispose();
    tf.dispose(network.params);
    return trainHeads(context, prepared, choice);
  }
  const log = await trainOnAll(context, prepared, setup, cycles);
  const members = log.entries().map(({ member }, i) => ({ ...member, weight: verdict.weights[i]! }));
  return {
    backbone: choice.backbone.name,
    ...trainedSnapshots(context, setup, members),
    ensemble: verdict.accuracy,
    heldOut: { pictures: pool, probabilities: verdict.probabilities },
  };
}

/** Out-of-fold probabilities of the snapshot of every cycle: float32 [pool, classes] each. */
async function foldCycles(
  context: RunContext,
  prepared: PreparedRun,
  choice: HeadChoice,
  setup: FineTuneSetup,
): Promise<Float32Array[]> {
  const { config, runFolder } = context.job;
  const { pool, classes, labelOf } = prepared;
  const joined: Float32Array[] = [];
  const report = context.progress('folds');
  for (let fold = 0; fold < config.data.folds; fold++) {
    const rows = pool.flatMap((_, row) => (choice.foldOf[row] === fold ? [row] : []));
    const held = rows.map((row) => pool[row]!);
    const training = pool.filter((_, row) => choice.foldOf[row] !== fold);
    const plan = planFineTune(config, training.length);
    const key = `fold-${fold + 1}`;
    const inCycle = (cycle: number, judge: () => Promise<Float32Array>) =>
      stage(runFolder, `${key}-cycle-${cycle + 1}`, async () => {
        const probabilities = float32Tensor([held.length, classes], Float32Array.from(await judge()));
        return { value: {}, tensors: { probabilities } };
      });
    await stage(runFolder, key, async () => {
      const head = await fittedHead(context, setup.network, pool, training, labelOf, choice.l2);
      await fineTune(context, {
        ...setup,
        ...plan,
        network: { ...setup.network, params: { ...setup.network.params, ...head } },
        key,
        config: { ...config, stop: { ...config.stop, patienceCycles: 0 } },
        pictures: training,
        labelOf,
        observer: {
          stepEnded: ({ step }) =>
            report(fold * plan.schedule.totalSteps + step, config.data.folds * plan.schedule.totalSteps),
          epochEnded: () => Promise.resolve(),
          async cycleEnded(cycle, params) {
            await inCycle(cycle, () => setup.evaluator.probabilities(params, held));
            return null;
          },
        },
      });
      tf.dispose(head);
      return { value: {}, tensors: {} };
    });
    await removeCheckpoint(runFolder, key);
    for (let cycle = 0; cycle < plan.schedule.cycleEnds.length; cycle++) {
      const { tensors } = await inCycle(cycle, () => Promise.reject(new Error(`${key} left no cycle ${cycle + 1}`)));
      const probabilities = tensors['probabilities']!.data as Float32Array;
      joined[cycle] ??= new Float32Array(pool.length * classes);
      rows.forEach((row, i) =>
        joined[cycle]!.set(probabilities.subarray(i * classes, (i + 1) * classes), row * classes),
      );
    }
  }
  return joined;
}

function compareWithHeads(
  { pool, labelOf, classes }: PreparedRun,
  choice: HeadChoice,
  cycles: readonly Float32Array[],
  selection: 'all' | 'greedy',
) {
  const labels = pool.map(labelOf);
  const judged = cycles.map((probabilities, i) => ({ name: `snapshot-${i + 1}`, probabilities }));
  const weights = memberWeights(judged, labels, selection);
  const probabilities = averageProbabilities(cycles, weights);
  const folds = [...new Set(choice.foldOf)].sort((a, b) => a - b);
  const perFold = (all: Float32Array) =>
    folds.map((fold) => {
      const rows = pool.flatMap((_, row) => (choice.foldOf[row] === fold ? [row] : []));
      const own = Float32Array.from(rows.flatMap((row) => [...all.subarray(row * classes, (row + 1) * classes)]));
      return accuracyOf(
        own,
        rows.map((row) => labels[row]!),
        classes,
        'outOfFold',
      ).accuracy;
    });
  return {
    weights,
    probabilities,
    accuracy: accuracyOf(probabilities, labels, classes, 'outOfFold'),
    difference: pairedDifference(perFold(probabilities), perFold(choice.outOfFold), {
      overlap: 1 / (folds.length - 1),
    }),
  };
}

/** The run that counts: all pictures, nothing held out; the accuracies told are those that the folds found for each cycle. */
async function trainOnAll(
  context: RunContext,
  { pool, labelOf, classes }: PreparedRun,
  setup: FineTuneSetup,
  cycles: readonly Float32Array[],
): Promise<MemberLog> {
  const { config, runFolder } = context.job;
  const plan = planFineTune(config, pool.length);
  const labels = pool.map(labelOf);
  const meter = new StepMeter(context, plan.batchSize, plan.schedule.totalSteps);
  const log = await MemberLog.open(runFolder);
  context.started(plan.schedule.totalSteps);
  const epochEnded = async (epoch: number, trainLoss: number, params: Record<string, Tensor>) => {
    const train = await setup.evaluator.probabilities(params, pool);
    context.host.emit({
      type: 'epochEnded',
      step: context.step,
      epoch: epoch + 1,
      totalEpochs: plan.schedule.totalEpochs,
      trainLoss,
      train: accuracyOf(train, labels, classes, 'train'),
      validation: null,
      validationLoss: null,
      residentBytes: process.memoryUsage.rss(),
    });
    meter.resume();
  };
  await context.timed('train', () =>
    fineTune(context, {
      ...setup,
      ...plan,
      key: 'final',
      config,
      pictures: pool,
      labelOf,
      observer: {
        stepEnded: ({ step, loss, learningRate }) => meter.stepEnded(step, loss, learningRate),
        epochEnded,
        async cycleEnded(cycle, params) {
          const probabilities = cycles[cycle]!;
          const accuracy = accuracyOf(probabilities, labels, classes, 'outOfFold');
          const member = await saveSnapshot(context, setup, cycle, params, accuracy);
          await log.put({ cycle, member, probabilities }, classes);
          const judged = log
            .entries()
            .map((entry) => ({ name: entry.member.name, probabilities: entry.probabilities }));
          const weights = memberWeights(judged, labels, config.ensemble.selection);
          const report = reportEnsemble(judged, weights, labels, classes, 'outOfFold', setup.trunkMilliseconds);
          const totalCycles = plan.schedule.cycleEnds.length;
          context.host.emit({ type: 'cycleEnded', cycle, totalCycles, step: context.step });
          context.host.emit({ type: 'ensembleEvaluated', report, step: context.step });
          meter.resume();
          return null;
        },
      },
    }),
  );
  await removeCheckpoint(runFolder, 'final');
  return log;
}
