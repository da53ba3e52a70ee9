import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccuracySplit } from '../protocol/accuracy.ts';
import type { RunResult } from '../protocol/run-event.ts';
import type { Store } from '../store/store.ts';
import { readSafetensors } from '../weights/safetensors.ts';

const suffix = '.safetensors';

/**
 * Takes what the members of a finished run said, on the test part and on the held-out pictures, from the run's folder into the
 * database: any subset of members is then judged without running a network.
 */
export async function storePredictions(store: Store, result: RunResult): Promise<void> {
  const run = store.runs.get(result.runId);
  if (!run) return;
  const folder = join(store.layout.runs, result.runId, 'predictions');
  const shaOf = new Map(result.members.map(({ name, sha256 }) => [name, sha256]));
  for (const file of (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(suffix))) {
    const { tensors } = await readSafetensors(join(folder, file));
    const part = file.slice(0, -suffix.length);
    const split: AccuracySplit = part === 'test' ? 'test' : result.ensemble.split;
    for (const [name, { data, shape }] of tensors) {
      // test.safetensors holds all members by name; a held-out file is one member's and ends in the beginning of its sha256.
      const own = result.members.find(({ sha256 }) => part.endsWith(sha256.slice(0, 16)));
      const member = part === 'test' ? shaOf.get(name) : own?.sha256;
      const [pictures, classes] = shape;
      if (!member || !(data instanceof Float32Array) || pictures === undefined || classes === undefined) continue;
      const { runId } = result;
      const { datasetVersionId } = run;
      store.predictions.put({ member, datasetVersionId, split, runId, pictures, classes, probabilities: data });
    }
  }
}
