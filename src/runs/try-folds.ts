import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { pairedDifference, type PairedDifference } from '../metrics/paired-difference.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import { tf } from '../tensor/tf.ts';
import { removeCheckpoint } from '../train/checkpoint.ts';
import type { HeadChoice } from '../train/choose-head.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import { fineTune } from '../train/fine-tune.ts';
import { startingHead } from '../train/fit-head.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import type { RunContext } from '../train/run-context.ts';
import { stage } from '../train/stage.ts';
import { float32Tensor } from '../weights/host-tensor.ts';
import { memberWeights } from '../ensemble/report-ensemble.ts';

/** Fine-tuning judged on the folds, beside the heads that it started from. */
export interface FoldVerdict {
  /** Fine-tuned minus head, accuracy by fold. */
  readonly difference: PairedDifference;
  /** Null when the trial was given up: the first half of the folds showed no gain. */
  readonly tried: {
    /** Out-of-fold probabilities of the snapshot of every cycle, and of their average: float32 [pool, classes]. */
    readonly cycles: readonly Float32Array[];
    readonly probabilities: Float32Array;
    /** Weight of every cycle's snapshot in the average. */
    readonly weights: readonly number[];
    readonly accuracy: Accuracy;
  } | null;
}

/**
 * Fine-tunes once a fold, each time from that fold's own head. Half of the folds without any gain on average end the trial:
 * what is left could not lift the paired test above its noise.
 */
export async function tryFolds(
  context: RunContext,
  prepared: PreparedRun,
  choice: HeadChoice,
  setup: FineTuneSetup,
): Promise<FoldVerdict> {
  const { config } = context.job;
  const { pool, classes } = prepared;
  const { folds } = config.data;
  const overlap = 1 / (folds - 1);
  const cycles: Float32Array[] = [];
  const fineTuned: number[] = [];
  const heads: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rows = pool.flatMap((_, row) => (choice.foldOf[row] === fold ? [row] : []));
    const ofFold = await fineTuneFold(context, prepared, choice, setup, fold, rows);
    ofFold.forEach((probabilities, cycle) => {
      cycles[cycle] ??= new Float32Array(pool.length * classes);
      rows.forEach((row, i) => cycles[cycle]!.set(rowOf(probabilities, i, classes), row * classes));
    });
    fineTuned.push(accuracyOnRows(averageProbabilities(ofFold), rows.keys(), rows, prepared));
    heads.push(accuracyOnRows(choice.outOfFold, rows, rows, prepared));
    const difference = pairedDifference(fineTuned, heads, { overlap });
    if (fold + 1 >= Math.ceil(folds / 2) && fold + 1 < folds && difference.mean <= 0)
      return { difference, tried: null };
  }
  const labels = pool.map(prepared.labelOf);
  const judged = cycles.map((probabilities, i) => ({ name: `snapshot-${i + 1}`, probabilities }));
  const weights = memberWeights(judged, labels, config.ensemble.selection);
  const probabilities = averageProbabilities(cycles, weights);
  const accuracy = accuracyOf(probabilities, labels, classes, 'outOfFold');
  return {
    difference: pairedDifference(fineTuned, heads, { overlap }),
    tried: { cycles, probabilities, weights, accuracy },
  };
}

/** Probabilities of the fold's own pictures after each cycle: float32 [rows.length, classes] each. */
async function fineTuneFold(
  context: RunContext,
  { pool, classes, labelOf }: PreparedRun,
  choice: HeadChoice,
  setup: FineTuneSetup,
  fold: number,
  rows: readonly number[],
): Promise<Float32Array[]> {
  const { config, runFolder } = context.job;
  const key = `fold-${fold + 1}`;
  const held = rows.map((row) => pool[row]!);
  const training = pool.filter((_, row) => choice.foldOf[row] !== fold);
  const plan = setup.plan(training.length);
  const report = context.progress('folds');
  const inCycle = async (cycle: number, judge: () => Promise<Float32Array>) => {
    const { tensors } = await stage(runFolder, `${key}-cycle-${cycle + 1}`, async () => {
      const probabilities = float32Tensor([held.length, classes], Float32Array.from(await judge()));
      return { value: {}, tensors: { probabilities } };
    });
    return tensors['probabilities']!.data as Float32Array;
  };
  const { value } = await stage(runFolder, key, async () => {
    const head = await startingHead(context, setup.network, pool, training, labelOf, choice.l2);
    await fineTune(context, {
      ...setup,
      plan,
      network: { ...setup.network, params: { ...setup.network.params, ...head } },
      key,
      config,
      pictures: training,
      labelOf,
      listener: {
        stepEnded: ({ step }) => report(fold * plan.totalSteps + step, config.data.folds * plan.totalSteps),
        async snapshot({ index: cycle, params }) {
          await inCycle(cycle, () => setup.evaluator.probabilities(params, held));
        },
      },
    });
    tf.dispose(head);
    return { value: { runStep: context.step }, tensors: {} };
  });
  // A fold that an earlier attempt finished counts too.
  context.step = Math.max(context.step, value.runStep);
  await removeCheckpoint(runFolder, key);
  const missing = (cycle: number) => Promise.reject(new Error(`${key} left no cycle ${cycle + 1}`));
  return Promise.all(plan.snapshots.map((_, cycle) => inCycle(cycle, () => missing(cycle))));
}

/** Accuracy of `probabilities` at `places` for the pictures of the pool's `rows`, in the same order. */
function accuracyOnRows(
  probabilities: Float32Array,
  places: Iterable<number>,
  rows: readonly number[],
  { pool, classes, labelOf }: PreparedRun,
): number {
  const own = new Float32Array(rows.length * classes);
  let i = 0;
  for (const place of places) own.set(rowOf(probabilities, place, classes), i++ * classes);
  const labels = rows.map((row) => labelOf(pool[row]!));
  return accuracyOf(own, labels, classes, 'outOfFold').accuracy;
}

function rowOf(probabilities: Float32Array, row: number, classes: number): Float32Array {
  return probabilities.subarray(row * classes, (row + 1) * classes);
}
