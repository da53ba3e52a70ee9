import type { ChosenMember, EnsembleView } from '../../protocol/ensemble-view.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { EngineContext } from '../engine-context.ts';
import { runInLane } from '../run-in-lane.ts';
import { trainedRun } from '../find-model.ts';
import { memberNamed } from '../members-of-run.ts';
import { averageOf, weighted, type HeldOut } from '../ensemble/held-out.ts';
import { judgeEnsemble as judge, picturesOfCell } from '../ensemble/judge-ensemble.ts';
import { judgeAgain } from '../ensemble/judge-again.ts';
import { judgeTest } from '../ensemble/test-seal.ts';
import { accuracyOf } from '../../metrics/accuracy-of.ts';
import { greedySelection } from '../../metrics/greedy-selection.ts';
import { AnnealError } from '../../base/errors.ts';
import type { CommandHandler } from './command-handler.ts';

async function load(
  { store, heldOut }: EngineContext,
  name: string,
): Promise<{ readonly run: StoredRun; readonly heldOut: HeldOut }> {
  const run = store.runs.find(name);
  return { run, heldOut: await heldOut.of(run) };
}

/** Any subset of members, from their stored predictions; while a run trains, of those it has so far. */
export const judgeEnsemble: CommandHandler<'judgeEnsemble'> = async (context, input): Promise<EnsembleView> => {
  const { run, heldOut } = await load(context, input.run);
  const fixed = run.chosen ?? heldOut.selected;
  const view = judge(heldOut, input.members ?? fixed);
  return { ...view, fixed, seal: run.seal, testPictures: heldOut.testPictures };
};

/** Caruana's forward selection on the held-out pictures, with the accuracy of each step. */
export const selectGreedily: CommandHandler<'selectGreedily'> = async (context, { run: name }) => {
  const { run, heldOut } = await load(context, name);
  const { members, labels, classes, split } = heldOut;
  // Heads of folds were judged on other pictures each: nothing there to choose by.
  if (heldOut.judge) throw new AnnealError('ensemble.notComparable', { runId: run.runId });
  const { counts, order } = greedySelection(
    members.map(({ probabilities }) => probabilities),
    labels,
  );
  const steps = order.map((place, i) => {
    const taken = order.slice(0, i + 1).map((index) => ({ name: members[index]!.name, weight: 1 }));
    const { accuracy } = accuracyOf(averageOf(heldOut, taken), labels, classes.length, split);
    return { name: members[place]!.name, accuracy };
  });
  return { steps, members: weighted(members, counts) };
};

export const listCell: CommandHandler<'listCell'> = async (context, { run, members, label, predicted }) => {
  const { heldOut } = await load(context, run);
  return picturesOfCell(heldOut, members, { label, predicted });
};

/** Members that prediction and export of this run use from now on; the test set's seal stays with those it was opened for. */
export const fixEnsemble: CommandHandler<'fixEnsemble'> = async (context, { run, members }) => {
  const { runId, state, lease } = trainedRun(context.store, run).run;
  // Its members are still to come; with its end it would choose by itself.
  if (context.runs.isActive(runId) || state === 'running' || state === 'queued' || state === 'paused')
    throw new AnnealError('store.runBusy', { runId, state, pid: lease?.pid ?? null });
  const { heldOut } = await load(context, runId);
  context.store.ensembles.choose(runId, merged(heldOut, members));
  context.watch.changed('runs', runId);
  return null;
};

/** Once each, in the order shown. */
function merged(heldOut: HeldOut, chosen: readonly ChosenMember[]): ChosenMember[] {
  for (const { name } of chosen) memberNamed(heldOut, name);
  const weightOf = (name: string): number =>
    chosen.reduce((sum, member) => (member.name === name ? sum + member.weight : sum), 0);
  return weighted(
    heldOut.members,
    heldOut.members.map(({ name }) => weightOf(name)),
  );
}

/** The one look at the test set, for the members that are fixed now. Asked again, it tells what it found then. A trial has none. */
export const openTestSet: CommandHandler<'openTestSet'> = async ({ store, watch }, { run: name }) => {
  const { run } = trainedRun(store, name);
  const { runId, result } = run;
  if (run.seal) return run.seal;
  if (run.purpose === 'trial') throw new AnnealError('ensemble.trial', { runId });
  if (!result) throw new AnnealError('ensemble.notFinished', { runId, state: run.state });
  const members = run.chosen ?? result.selected;
  const tested = await judgeTest(store, run, members);
  const seal = store.ensembles.seal(runId, { ...tested, members, openedAt: Date.now() });
  watch.changed('runs', runId);
  return seal;
};

/** Has the members predict the held-out pictures once more. */
export const computePredictions: CommandHandler<'computePredictions'> = async (context, { run: name }, hooks) => {
  const { run, model: plain } = trainedRun(context.store, name);
  const { runId } = run;
  const { lanes, threads } = context;
  await judgeAgain(context.store, run, (pictures, members) => {
    const chosen = { members: members.map((member) => ({ name: member, weight: 1 })), ensemble: null, test: null };
    const model = { ...plain, chosen };
    return runInLane<'judge'>(lanes.interactive, { kind: 'judge', model, pictures, threads }, hooks);
  });
  context.heldOut.forget(runId);
  context.watch.changed('runs', runId);
  return null;
};
