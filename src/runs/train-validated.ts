import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import { betterThan } from '../metrics/better-than.ts';
import { storedKind } from '../stored/kind.ts';
import type { HeadChoice } from '../train/choose-head.ts';
import { setUpFineTune } from '../train/fine-tune-setup.ts';
import type { Network } from '../train/network.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import { withFoundRate } from '../train/range-test/found-rate.ts';
import type { RunContext } from '../train/run-context.ts';
import { stage } from '../train/stage.ts';
import { validationJudge } from './held-out-judge.ts';
import { trainHeads } from './train-heads.ts';
import { trainMembers } from './train-members.ts';
import type { Trained } from './trained.ts';

/** Trains on the training part through all cycles; the validation part judges snapshots and ensemble. */
export async function trainValidated(
  context: RunContext,
  prepared: PreparedRun,
  backbone: string,
  network: Network,
): Promise<Trained> {
  const { pool, validation, labelOf } = prepared;
  const plain = await setUpFineTune(context, network, [...pool, ...validation]);
  const setup = await withFoundRate(context, plain, { pictures: pool, labelOf });
  return trainMembers(context, { prepared, setup, backbone }, validationJudge(prepared, setup));
}

/** What the comparison with the heads ended with; steps of the run so far. */
const verdictKind = storedKind('stage', v.object({ kept: v.boolean(), runStep: v.number() }));

/**
 * Fine-tuning beside the heads on the frozen backbone, which are candidate number 0: it is kept only where it is better on the
 * validation part beyond its noise, so that no run ends below its start.
 * @param network makes the network to fine-tune; not asked where an earlier attempt found that the heads stay
 */
export async function fineTuneOrKeepHeads(
  context: RunContext,
  prepared: PreparedRun,
  choice: HeadChoice,
  network: () => Promise<Network>,
): Promise<Trained> {
  const train = async () => trainValidated(context, prepared, choice.backbone.name, await network());
  if (!context.job.config.data.heldOutChoice) return train();
  let trained: Trained | null = null;
  const { value } = await stage(context.job.runFolder, 'fine-tuning', verdictKind, async () => {
    trained = await unlessItDiverges(context, train);
    const kept = trained !== null && compare(context, prepared, choice, trained);
    return { value: { kept, runStep: context.step }, tensors: {} };
  });
  if (value.kept) return trained ?? train();
  await (trained as Trained | null)?.dispose();
  context.step = Math.max(context.step, value.runStep);
  return trainHeads(context, prepared, choice);
}

/** Null where training could not be brought to an end; the heads then stay, and why is told. */
export async function unlessItDiverges<T>(context: RunContext, train: () => Promise<T>): Promise<T | null> {
  try {
    return await train();
  } catch (error) {
    if (!(error instanceof AnnealError) || error.code !== 'train.diverged') throw error;
    context.diagnose({ code: 'train.divergedHeadsKept', params: error.params });
    return null;
  }
}

function compare(context: RunContext, prepared: PreparedRun, choice: HeadChoice, { heldOut }: Trained): boolean {
  const { classes, labelOf } = prepared;
  const labels = Int32Array.from(heldOut.pictures, labelOf);
  const heads = headsOn(prepared, choice);
  const { better, accuracyGain, accuracyError } = betterThan(heldOut.probabilities, heads, labels);
  const accuracy = (probabilities: Float32Array) => accuracyOf(probabilities, labels, classes, 'validation').accuracy;
  context.diagnose({
    code: better ? 'train.fineTuningKept' : 'train.headsKept',
    params: {
      heads: accuracy(heads),
      tuned: accuracy(heldOut.probabilities),
      gain: accuracyGain,
      standardError: accuracyError,
      n: labels.length,
    },
  });
  return better;
}

/** What heads that did not see the validation pictures say of them: float32 [validation, classes]. */
function headsOn(
  { validation, headPool, classes }: PreparedRun,
  { onValidation, outOfFold }: HeadChoice,
): Float32Array {
  if (onValidation) return onValidation;
  const rowOf = new Map(headPool.map((picture, row) => [picture, row]));
  const rows = validation.map((picture) => rowOf.get(picture)!);
  const judged = new Float32Array(rows.length * classes);
  rows.forEach((row, i) => judged.set(outOfFold.subarray(row * classes, (row + 1) * classes), i * classes));
  return judged;
}
