import type { ChosenMember, EnsembleView } from '../../protocol/ensemble-view.ts';
import type { StoredRun } from '../../store/runs.ts';
import { runInLane, type EngineContext } from '../engine-context.ts';
import { trainedRun } from '../find-model.ts';
import { averageOf, greedyMembers, memberNamed, type HeldOut } from '../ensemble/held-out.ts';
import { judgeEnsemble as judge, picturesOfCell } from '../ensemble/judge-ensemble.ts';
import { judgeAgain } from '../ensemble/judge-again.ts';
import { testAccuracy } from '../ensemble/test-seal.ts';
import { accuracyOf } from '../../metrics/accuracy-of.ts';
import { AnnealError } from '../../base/errors.ts';
import type { CommandHandler } from './command-handler.ts';

async function load({ store, heldOut }: EngineContext, name: string): Promise<{ run: StoredRun; said: HeldOut }> {
  const run = store.runs.find(name);
  return { run, said: await heldOut.of(run) };
}

/** Any subset of members, from what they said; while a run trains, of those it has so far. */
export const judgeEnsemble: CommandHandler<'judgeEnsemble'> = async (context, input): Promise<EnsembleView> => {
  const { run, said } = await load(context, input.run);
  const fixed = run.chosen ?? said.selected;
  const view = judge(said, input.members ?? fixed);
  return { ...view, fixed, seal: run.seal, testPictures: said.testPictures };
};

/** Caruana's forward selection on the held-out pictures. */
export const selectGreedily: CommandHandler<'selectGreedily'> = async (context, { run: name }) => {
  const { run, said } = await load(context, name);
  // Heads of folds were judged on other pictures each: nothing there to choose by.
  if (said.judge) throw new AnnealError('ensemble.notComparable', { runId: run.runId });
  const { members, order } = greedyMembers(said.members, said.labels);
  const steps = order.map((place, i) => {
    const taken = order.slice(0, i + 1).map((index) => ({ name: said.members[index]!.name, weight: 1 }));
    const { accuracy } = accuracyOf(averageOf(said, taken), said.labels, said.classes.length, said.split);
    return { name: said.members[place]!.name, accuracy };
  });
  return { steps, members };
};

export const listCell: CommandHandler<'listCell'> = async (context, { run, members, label, predicted }) => {
  const { said } = await load(context, run);
  return picturesOfCell(said, members, { label, predicted });
};

/** Members that prediction and export of this run use from now on; the test set's seal stays with those it was opened for. */
export const fixEnsemble: CommandHandler<'fixEnsemble'> = async (context, { run, members }) => {
  const { runId, state, lease } = trainedRun(context.store, run).run;
  // Its members are still to come; with its end it would choose by itself.
  if (context.runs.isActive(runId) || state === 'running' || state === 'queued' || state === 'paused')
    throw new AnnealError('store.runBusy', { runId, state, pid: lease?.pid ?? null });
  const { said } = await load(context, runId);
  context.store.ensembles.choose(runId, merged(said, members));
  context.watch.changed('runs', runId);
  return null;
};

/** Once each, in the order shown. */
function merged(said: HeldOut, members: readonly ChosenMember[]): ChosenMember[] {
  for (const { name } of members) memberNamed(said, name);
  return said.members.flatMap(({ name }) => {
    const weight = members.filter((one) => one.name === name).reduce((sum, one) => sum + one.weight, 0);
    return weight > 0 ? [{ name, weight }] : [];
  });
}

/** The one look at the test set, for the members that are fixed now. Asked again, it tells what it found then. */
export const openTestSet: CommandHandler<'openTestSet'> = async ({ store, watch }, { run: name }) => {
  const { run } = trainedRun(store, name);
  const { runId, result } = run;
  if (run.seal) return run.seal;
  if (!result) throw new AnnealError('ensemble.notFinished', { runId, state: run.state });
  const members = run.chosen ?? result.selected;
  const accuracy = await testAccuracy(store, run, members);
  const seal = store.ensembles.seal(runId, { accuracy, members, openedAt: Date.now() });
  watch.changed('runs', runId);
  return seal;
};

/** Asks the members once more about the held-out pictures. */
export const computePredictions: CommandHandler<'computePredictions'> = async (context, { run: name }, hooks) => {
  const { run, model: plain } = trainedRun(context.store, name);
  const { runId } = run;
  const { workspace, threads } = { workspace: context.store.layout.root, threads: context.threads };
  await judgeAgain(context.store, run, (pictures, members) => {
    const chosen = { members: members.map((member) => ({ name: member, weight: 1 })), ensemble: null, test: null };
    const model = { ...plain, chosen };
    return runInLane<'judge'>(context.lanes.interactive, { kind: 'judge', model, pictures, workspace, threads }, hooks);
  });
  context.heldOut.forget(runId);
  context.watch.changed('runs', runId);
  return null;
};
