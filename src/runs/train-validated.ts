import { accuracyOf } from '../metrics/accuracy-of.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import { setUpFineTune } from '../train/fine-tune-setup.ts';
import type { Network } from '../train/network.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import { withFoundRate } from '../train/range-test/found-rate.ts';
import type { RunContext } from '../train/run-context.ts';
import { validationJudge } from './held-out-judge.ts';
import { trainMembers } from './train-members.ts';
import type { Trained } from './trained.ts';

/** Fine-tunes on the training part through all cycles; the validation part judges snapshots and ensemble. */
export async function trainValidated(
  context: RunContext,
  prepared: PreparedRun,
  backbone: string,
  network: Network,
): Promise<Trained> {
  const { pool, validation } = prepared;
  const plain = await setUpFineTune(context, network, [...pool, ...validation]);
  const setup = await withFoundRate(context, plain, { pictures: pool, labelOf: prepared.labelOf });
  const before = context.job.config.model.pretrained ? await accuracyOfStart(setup, prepared) : null;
  const trained = await trainMembers(context, { prepared, setup, backbone }, validationJudge(prepared, setup));
  if (before) tellIfWorse(context, before, trained.ensemble);
  return trained;
}

/** Accuracy of the network that fine-tuning starts from, its head already fitted, on the same validation pictures. */
async function accuracyOfStart(
  { network, changing, evaluator }: FineTuneSetup,
  { validation, labelOf, classes }: PreparedRun,
): Promise<Accuracy> {
  const start = Object.fromEntries(changing.map((name) => [name, network.params[name]!]));
  const probabilities = await evaluator.probabilities(start, validation);
  return accuracyOf(probabilities, validation.map(labelOf), classes, 'validation');
}

/** Fine-tuning that ended below the network that it started from did harm: that is worth a word. */
export function tellIfWorse(context: RunContext, before: Accuracy, after: Accuracy): void {
  if (after.accuracy >= before.accuracy) return;
  const params = { before: before.accuracy, after: after.accuracy, n: after.n };
  context.host.emit({ type: 'diagnosticFound', code: 'train.worseThanStart', params, step: context.step });
}
