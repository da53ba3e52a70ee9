import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import type { ChosenMember } from '../protocol/ensemble-view.ts';
import type { ChosenForUse, ModelRef } from '../protocol/lane-job.ts';
import type { StoredRun } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { EngineContext } from './engine-context.ts';
import { averageOf } from './ensemble/held-out.ts';

/**
 * A finished run by its name, with the members that were fixed for it, else a bundle by its path. `members`: others, for this once.
 * @throws engine.unknownModel, engine.noModel, store.ambiguousRun
 */
export async function findModel(
  context: EngineContext,
  text: string,
  members?: readonly ChosenMember[],
): Promise<ModelRef> {
  try {
    return await runModel(context, text, members);
  } catch (error) {
    const unknown =
      error instanceof AnnealError && (error.code === 'store.unknownRun' || error.code === 'store.noRuns');
    if (!unknown) throw error;
  }
  const path = resolve(text);
  const found = await stat(path).catch(() => null);
  if (!found) throw new AnnealError('engine.unknownModel', { received: text });
  return { kind: 'bundle', path, ...(members ? { chosen: { members, ensemble: null, test: null } } : {}) };
}

/** @throws store.unknownRun, store.ambiguousRun, engine.noModel */
export function finishedRun(store: Store, text: string): Extract<ModelRef, { kind: 'run' }> {
  const { runId, state } = store.runs.find(text);
  if (state !== 'finished') throw new AnnealError('engine.noModel', { runId, state });
  return { kind: 'run', runId, folder: join(store.layout.runs, runId) };
}

/** A finished run with the members to use; nothing is overridden where they are those that training chose. */
export async function runModel(
  context: EngineContext,
  text: string,
  members?: readonly ChosenMember[],
): Promise<Extract<ModelRef, { kind: 'run' }>> {
  const plain = finishedRun(context.store, text);
  const run = context.store.runs.find(plain.runId);
  const own = run.result!.selected;
  const wanted = members ?? run.chosen ?? own;
  return sameMembers(wanted, own) ? plain : { ...plain, chosen: await figuresOf(context, run, wanted) };
}

/** What is known of the accuracy of these members. */
async function figuresOf(
  { heldOut }: EngineContext,
  run: StoredRun,
  members: readonly ChosenMember[],
): Promise<ChosenForUse> {
  const said = await heldOut.of(run).catch(() => null);
  const ensemble =
    said && !said.judge ? accuracyOf(averageOf(said, members), said.labels, said.classes.length, said.split) : null;
  const test = run.seal && sameMembers(run.seal.members, members) ? run.seal.accuracy : null;
  return { members, ensemble, test };
}

export function sameMembers(a: readonly ChosenMember[], b: readonly ChosenMember[]): boolean {
  const text = (members: readonly ChosenMember[]): string =>
    members
      .map(({ name, weight }) => `${name}\n${weight}`)
      .sort()
      .join('\n\n');
  return text(a) === text(b);
}
