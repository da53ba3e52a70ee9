import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { accuracyOf } from '../metrics/accuracy-of.ts';
import type { ChosenMember } from '../protocol/ensemble-view.ts';
import type { ChosenForUse, ModelRef } from '../protocol/lane-job.ts';
import { sameMembers } from '../protocol/same-members.ts';
import type { StoredRun } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { modelFileName } from '../weights/model-file.ts';
import type { EngineContext } from './engine-context.ts';
import { averageOf } from './ensemble/held-out.ts';
import { memberNamed, membersOfRun } from './members-of-run.ts';

/**
 * A run by its name, with the members that were fixed for it, else a bundle by its path. `members`: others, for this once.
 * @throws engine.unknownModel, engine.noModel, store.ambiguousRun
 */
export async function findModel(
  context: EngineContext,
  text: string,
  members?: readonly ChosenMember[],
): Promise<ModelRef> {
  try {
    return (await runModel(context, text, members)).model;
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

/**
 * A run that has a model: finished, or stopped after its first cycle; of one that trains, the members so far.
 * @throws store.unknownRun, store.ambiguousRun, engine.noModel
 */
export function trainedRun(store: Store, text: string): { readonly run: StoredRun; readonly model: RunRef } {
  const run = store.runs.find(text);
  const { runId, state } = run;
  const folder = join(store.layout.runs, runId);
  if (state !== 'finished' && !existsSync(join(folder, modelFileName)))
    throw new AnnealError('engine.noModel', { runId, state });
  return { run, model: { kind: 'run', runId, folder } };
}

type RunRef = Extract<ModelRef, { kind: 'run' }>;

/**
 * A run's model with the members to use, all of them listed; nothing is overridden where they are those that training chose.
 * @throws ensemble.unknownMember, what trainedRun and membersOfRun throw
 */
export async function runModel(
  context: EngineContext,
  text: string,
  members?: readonly ChosenMember[],
): Promise<{ readonly run: StoredRun; readonly model: RunRef; readonly members: readonly ChosenMember[] }> {
  const { run, model } = trainedRun(context.store, text);
  const selected = run.result?.selected ?? (await context.heldOut.of(run)).selected;
  const wanted = members ?? run.chosen ?? selected;
  const listed = await membersOfRun(context.store, run.runId);
  for (const { name } of wanted) memberNamed({ runId: run.runId, members: listed }, name);
  if (sameMembers(wanted, selected)) return { run, model, members: wanted };
  return { run, model: { ...model, chosen: await figuresOf(context, run, wanted) }, members: wanted };
}

/** What is known of the accuracy of these members. */
async function figuresOf(
  { heldOut }: EngineContext,
  run: StoredRun,
  members: readonly ChosenMember[],
): Promise<ChosenForUse> {
  const predictions = await heldOut.of(run).catch(() => null);
  const ensemble =
    predictions && !predictions.judge
      ? accuracyOf(averageOf(predictions, members), predictions.labels, predictions.classes.length, predictions.split)
      : null;
  const test = run.seal && sameMembers(run.seal.members, members) ? run.seal.accuracy : null;
  return { members, ensemble, test };
}

/** With the model's temperature, or without. */
export function asUsed(model: ModelRef, calibrated: boolean): ModelRef {
  return calibrated ? model : { ...model, uncalibrated: true };
}
