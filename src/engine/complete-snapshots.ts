import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult } from '../protocol/run-event.ts';
import type { Store } from '../store/store.ts';

/** Adds the rows of members whose telling was lost when the engine was killed just after their file was written. */
export async function completeSnapshots(store: Store, result: RunResult, step: number): Promise<void> {
  const known = new Set(store.snapshots.of(result.runId).map(({ sha256 }) => sha256));
  for (const [cycle, { name, sha256 }] of result.members.entries()) {
    if (known.has(sha256)) continue;
    const file = join(store.layout.runs, result.runId, 'members', `${sha256}.safetensors`);
    const bytes = (await stat(file).catch(() => null))?.size ?? 0;
    store.snapshots.put(result.runId, { name, cycle, step, sha256, bytes, accuracy: null });
  }
}
