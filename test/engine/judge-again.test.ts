import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolds } from '../../src/data/make-folds.ts';
import { makeSplit } from '../../src/data/make-split.ts';
import { trainingParts } from '../../src/data/training-parts.ts';
import { judgeAgain } from '../../src/engine/ensemble/judge-again.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { foldsStage } from '../../src/weights/folds-file.ts';
import { readHeldOut } from '../../src/weights/prediction-files.ts';
import { writeSafetensors } from '../../src/weights/safetensors.ts';
import { oldExpected, oldVersions, unpackWorkspace, type OldWorkspace } from '../support/old-workspace.ts';

const version = oldVersions[0]!;
const home = mkdtempSync(join(tmpdir(), 'anneal-judge-'));
let old: OldWorkspace;
let store: Store;

beforeAll(async () => {
  old = await unpackWorkspace(version, home, ['quick']);
  store = openStore(old.workspace);
});
afterAll(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

/** Head k says that the class is certain to degree k / 10, so that a probability tells who was asked. */
async function judgedBy(): Promise<Int32Array> {
  const run = store.runs.get(oldExpected(version).runIds.quick)!;
  const classes = store.datasets.read(run.datasetVersionId).classes.length;
  await judgeAgain(store, run, (pictures, names) =>
    Promise.resolve({
      members: names.map((name, k) => ({
        name,
        milliseconds: 1,
        probabilities: new Float32Array(pictures.length * classes).fill(k / 10),
      })),
      trunkMilliseconds: 1,
      problems: [],
    }),
  );
  const { byFolds } = (await readHeldOut(old.runFolder('quick')))!;
  byFolds!.judge.forEach((head, row) => expect(byFolds!.probabilities[row * classes]).toBeCloseTo(head / 10));
  return byFolds!.judge;
}

describe('judging the members of folds again', () => {
  it('makes the folds anew of a run from before they were kept, and else asks those that the run used', async () => {
    const { config, datasetVersionId } = store.runs.get(oldExpected(version).runIds.quick)!;
    const dataset = store.datasets.read(datasetVersionId);
    const { pool } = trainingParts(makeSplit(dataset, { seed: config.seed, ...config.data }), config);
    const labels = pool.map((index) => dataset.pictures[index]!.label);
    const groups = pool.map((index) => dataset.pictures[index]!.group);
    expect(await judgedBy()).toEqual(makeFolds(labels, groups, config.data.folds, config.seed));

    const pictures = Int32Array.from(pool);
    const foldOf = Int32Array.from(pool, (_, row) => (row * 7) % config.data.folds);
    const shape = [pool.length];
    await writeSafetensors(join(old.runFolder('quick'), 'stages', `${foldsStage}.safetensors`), {
      pictures: { dtype: 'int32', shape, data: pictures },
      foldOf: { dtype: 'int32', shape, data: foldOf },
    });
    expect(await judgedBy()).toEqual(foldOf);
  });
});
