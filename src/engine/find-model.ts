import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import type { ModelRef } from '../protocol/lane-job.ts';
import type { Store } from '../store/store.ts';

/** A finished run by its name, else a bundle by its path. @throws engine.unknownModel, engine.noModel, store.ambiguousRun */
export async function findModel(store: Store, text: string): Promise<ModelRef> {
  try {
    return finishedRun(store, text);
  } catch (error) {
    const unknown =
      error instanceof AnnealError && (error.code === 'store.unknownRun' || error.code === 'store.noRuns');
    if (!unknown) throw error;
  }
  const path = resolve(text);
  const found = await stat(path).catch(() => null);
  if (!found) throw new AnnealError('engine.unknownModel', { received: text });
  return { kind: 'bundle', path };
}

/** @throws store.unknownRun, store.ambiguousRun, engine.noModel */
export function finishedRun(store: Store, text: string): Extract<ModelRef, { kind: 'run' }> {
  const { runId, state } = store.runs.find(text);
  if (state !== 'finished') throw new AnnealError('engine.noModel', { runId, state });
  return { kind: 'run', runId, folder: join(store.layout.runs, runId) };
}
