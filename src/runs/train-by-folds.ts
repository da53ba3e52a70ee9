import { tf } from '../tensor/tf.ts';
import { foldsOf, type HeadChoice } from '../train/choose-head.ts';
import { networkToFineTune } from '../train/fine-tune-network.ts';
import { setUpFineTune } from '../train/fine-tune-setup.ts';
import { startingHead, withHead } from '../train/fit-head.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import { withFoundRate } from '../train/range-test/found-rate.ts';
import type { RunContext } from '../train/run-context.ts';
import { foldsJudge } from './held-out-judge.ts';
import { trainHeads } from './train-heads.ts';
import { trainMembers } from './train-members.ts';
import type { Trained } from './trained.ts';
import { unlessItDiverges } from './train-validated.ts';
import { tryFolds, type FoldVerdict } from './try-folds.ts';

/**
 * Small data: fine-tuning is tried on the folds, and is kept only where it beats the heads beyond the noise of the paired
 * folds; then everything trains. The accuracy told is out of fold in either case.
 */
export async function trainByFolds(context: RunContext, prepared: PreparedRun, choice: HeadChoice): Promise<Trained> {
  const { pool, labelOf } = prepared;
  const bare = await networkToFineTune(context, prepared, choice);
  const heldOut = { foldOf: foldsOf(pool, choice) };
  const task = { pool, training: pool, labelOf, l2: choice.l2, heldOut, stage: 'starting-head' };
  const network = withHead(bare, await startingHead(context, bare, task));
  const plain = await setUpFineTune(context, network, pool);
  const setup = await withFoundRate(context, plain, { pictures: pool, labelOf });
  const verdict = await unlessItDiverges(context, () =>
    context.timed('folds', () => tryFolds(context, prepared, choice, setup)),
  );
  const kept = verdict && tell(context, choice, verdict);
  if (kept) {
    return trainMembers(context, { prepared, setup, backbone: choice.backbone.name }, foldsJudge(prepared, kept));
  }
  await setup.dispose();
  tf.dispose(network.params);
  return trainHeads(context, prepared, choice);
}

/** The predictions of the folds' networks where fine-tuning is kept; null where the heads are. */
function tell(context: RunContext, choice: HeadChoice, { difference, cycles }: FoldVerdict): FoldVerdict['cycles'] {
  const { mean, standardError, better } = difference;
  const kept = better ? cycles : null;
  const code = kept ? 'train.fineTuningHelps' : 'train.fineTuningDoesNotHelp';
  context.diagnose({ code, params: { mean, standardError, head: choice.accuracy.accuracy } });
  return kept;
}
