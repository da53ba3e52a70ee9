import { join } from 'node:path';
import type { RunResult } from '../protocol/run-event.ts';
import type { Store } from '../store/store.ts';
import { readHeldOut, readMemberPredictions, readTest } from '../weights/prediction-files.ts';

/**
 * Takes what the members of a finished run said, on the test part and on the held-out pictures, from the run's folder into the
 * database: any subset of members is then judged without running a network. Heads of folds were judged on other pictures each;
 * what they said stays in the folder.
 */
export async function storePredictions(store: Store, { runId, members, classes, ensemble }: RunResult): Promise<void> {
  const run = store.runs.get(runId);
  if (!run) return;
  const folder = join(store.layout.runs, runId);
  const { datasetVersionId } = run;
  const entry = { datasetVersionId, runId, classes: classes.length };
  const [test, heldOut] = [await readTest(folder), await readHeldOut(folder)];
  for (const { name, sha256: member } of members) {
    const testProbabilities = test?.members.get(name)?.data;
    if (testProbabilities && test)
      store.predictions.put({
        ...entry,
        member,
        split: 'test',
        pictures: test.pictures.length,
        probabilities: testProbabilities,
      });
    const probabilities = await readMemberPredictions(folder, { name, sha256: member });
    if (!probabilities) continue;
    const pictures = heldOut?.pictures.length ?? ensemble.n;
    store.predictions.put({ ...entry, member, split: ensemble.split, pictures, probabilities });
  }
}
