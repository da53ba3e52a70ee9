import * as v from 'valibot';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { pairedDifference, type PairedDifference } from '../metrics/paired-difference.ts';
import { poolRows } from '../data/indices.ts';
import type { PoolRow } from '../protocol/dataset.ts';
import { tf } from '../tensor/tf.ts';
import { removeCheckpoint } from '../train/checkpoint.ts';
import { foldsOf, type HeadChoice } from '../train/choose-head.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import { fineTune } from '../train/fine-tune.ts';
import { startingHead } from '../train/fit-head.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import type { RunContext } from '../train/run-context.ts';
import { storedKind } from '../stored/kind.ts';
import { stage } from '../train/stage.ts';
import { float32Tensor } from '../weights/host-tensor.ts';

/** Fine-tuning judged on the folds, beside the heads that it started from. */
export interface FoldVerdict {
  /** Fine-tuned minus head, accuracy by fold. */
  readonly difference: PairedDifference;
  /**
   * Out-of-fold probabilities of the network at the end of every cycle: float32 [pool, classes]. Null when the trial was given up:
   * the first half of the folds showed no gain.
   */
  readonly cycles: readonly Float32Array[] | null;
}

/** A finished fold: steps of the run so far. */
const foldKind = storedKind('stage', v.object({ runStep: v.number() }));
/** Probabilities alone. */
const predictedKind = storedKind('stage', v.object({}));

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
  const { pool, classes } = prepared;
  const { folds } = context.job.config.data;
  const overlap = 1 / (folds - 1);
  const cycles: Float32Array[] = [];
  const fineTuned: number[] = [];
  const heads: number[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const rows = poolRows(pool).filter((row) => choice.foldOf[row] === fold);
    const ofFold = await fineTuneFold(context, prepared, choice, { setup, fold, rows });
    ofFold.forEach((probabilities, cycle) => {
      cycles[cycle] ??= new Float32Array(pool.length * classes);
      rows.forEach((row, i) => cycles[cycle]!.set(probabilitiesAt(probabilities, i, classes), row * classes));
    });
    const headOnFold = new Float32Array(rows.length * classes);
    rows.forEach((row, i) => headOnFold.set(probabilitiesAt(choice.outOfFold, row, classes), i * classes));
    fineTuned.push(accuracyOnRows(averageProbabilities(ofFold), rows, prepared));
    heads.push(accuracyOnRows(headOnFold, rows, prepared));
    const difference = pairedDifference(fineTuned, heads, { overlap });
    if (fold + 1 >= Math.ceil(folds / 2) && fold + 1 < folds && difference.mean <= 0)
      return { difference, cycles: null };
  }
  return { difference: pairedDifference(fineTuned, heads, { overlap }), cycles };
}

interface FoldTask {
  readonly setup: FineTuneSetup;
  readonly fold: number;
  /** Rows of the pool that the fold holds out. */
  readonly rows: readonly PoolRow[];
}

/** Probabilities of the held-out rows after each cycle of a training on the others: float32 [rows.length, classes] each. */
async function fineTuneFold(
  context: RunContext,
  { pool, classes, labelOf }: PreparedRun,
  choice: HeadChoice,
  { setup, fold, rows }: FoldTask,
): Promise<Float32Array[]> {
  const { config, runFolder } = context.job;
  const key = `fold-${fold + 1}`;
  const heldOut = rows.map((row) => pool[row]!);
  const training = pool.filter((_, row) => choice.foldOf[row] !== fold);
  const plan = setup.plan(training.length);
  const report = context.progress('folds');
  const afterCycle = async (cycle: number, predict: () => Promise<Float32Array>) => {
    const { tensors } = await stage(runFolder, `${key}-cycle-${cycle + 1}`, predictedKind, async () => {
      const probabilities = float32Tensor([heldOut.length, classes], Float32Array.from(await predict()));
      return { value: {}, tensors: { probabilities } };
    });
    return tensors['probabilities']!.data as Float32Array;
  };
  const { value } = await stage(runFolder, key, foldKind, async () => {
    const head = await startingHead(context, setup.network, {
      pool,
      training,
      labelOf,
      l2: choice.l2,
      heldOut: { foldOf: foldsOf(pool, choice) },
    });
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
        async snapshot({ index, params }) {
          await afterCycle(index, () => setup.evaluator.probabilities(params, heldOut));
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
  return Promise.all(plan.snapshots.map((_, cycle) => afterCycle(cycle, () => missing(cycle))));
}

/** Accuracy of probabilities of the pictures of the pool's `rows`, in the same order. */
function accuracyOnRows(
  probabilities: Float32Array,
  rows: readonly PoolRow[],
  { pool, classes, labelOf }: PreparedRun,
): number {
  const labels = rows.map((row) => labelOf(pool[row]!));
  return accuracyOf(probabilities, labels, classes, 'outOfFold').accuracy;
}

function probabilitiesAt(probabilities: Float32Array, row: number, classes: number): Float32Array {
  return probabilities.subarray(row * classes, (row + 1) * classes);
}
