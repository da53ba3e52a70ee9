import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf } from '../../../src/tensor/tf.ts';
import { fitHead } from '../../../src/train/head/fit-head.ts';
import { foldChoice } from '../../../src/train/head/fold-choice.ts';
import { headProbabilities } from '../../../src/train/head/head.ts';

const oracle = JSON.parse(readFileSync('test/fixtures/head.json', 'utf8')) as {
  featureSize: number;
  classes: number;
  features: number[];
  labels: number[];
};
const { classes, featureSize, labels } = oracle;
const features = Float32Array.from(oracle.features);
const foldOf = labels.map((_, i) => (i * 7) % 4);
const options = { features, labels, classes, foldOf, l2Grid: [0.0001, 0.01, 1, 100] };

beforeAll(async () => {
  await loadRuntime();
});

const rowsOf = (inside: (row: number) => boolean) => labels.map((_, i) => i).filter(inside);
const featuresOf = (rows: number[]) =>
  Float32Array.from(rows.flatMap((row) => [...features.subarray(row * featureSize, (row + 1) * featureSize)]));

describe('foldChoice', () => {
  it('judges each picture by the head that was fitted without its fold', async () => {
    const choice = await foldChoice({ ...options, tolerance: 1e-8 });
    for (let fold = 0; fold < 4; fold++) {
      const training = rowsOf((row) => foldOf[row] !== fold);
      const held = rowsOf((row) => foldOf[row] === fold);
      const trainingLabels = training.map((row) => labels[row]!);
      const { l2 } = choice;
      const head = await fitHead({
        features: featuresOf(training),
        labels: trainingLabels,
        classes,
        l2,
        tolerance: 1e-8,
      });
      const expected = await headProbabilities(head, featuresOf(held), held.length);
      held.forEach((row, i) => {
        for (let k = 0; k < classes; k++) {
          expect(choice.outOfFold[row * classes + k]).toBeCloseTo(expected[i * classes + k]!, 3);
        }
      });
    }
  });

  it('reports every λ in the order of the grid and keeps the one with the lowest log loss', async () => {
    const { candidates, l2, heads } = await foldChoice(options);
    expect(candidates.map((candidate) => candidate.l2)).toEqual(options.l2Grid);
    const lowest = Math.min(...candidates.map((candidate) => candidate.logLoss));
    expect(candidates.find((candidate) => candidate.logLoss === lowest)!.l2).toBe(l2);
    expect(heads).toHaveLength(4);
    for (const { accuracy, foldAccuracies } of candidates) {
      const sizes = [0, 1, 2, 3].map((fold) => foldOf.filter((f) => f === fold).length);
      const right = foldAccuracies.reduce((sum, share, fold) => sum + share * sizes[fold]!, 0);
      expect(right / labels.length).toBeCloseTo(accuracy, 12);
    }
  });

  it('keeps the stronger of equal λ', async () => {
    const { l2, candidates } = await foldChoice({ ...options, l2Grid: [1e5, 1e6], features: features.map(() => 1) });
    expect(candidates[0]!.logLoss).toBe(candidates[1]!.logLoss);
    expect(l2).toBe(1e6);
  });

  it('leaves no tensor behind, also when it is stopped', async () => {
    const before = tf.memory().numTensors;
    let rounds = 0;
    const between = () => (++rounds > 5 ? Promise.reject(new Error('stopped')) : Promise.resolve());
    await expect(foldChoice({ ...options, between })).rejects.toThrow('stopped');
    await foldChoice(options);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('tells its progress', async () => {
    const progress: number[][] = [];
    await foldChoice({ ...options, onProgress: (done, total) => progress.push([done, total]) });
    expect(progress).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  it('goes by the pictures set aside to choose on, and takes a weaker λ only where it is better beyond their noise', async () => {
    const n = labels.length;
    // Pictures that only the strongest λ, which answers the class priors, does not get badly wrong: the labels are shifted.
    const shifted = labels.map((label) => (label + 1) % classes);
    const apart = await foldChoice({ ...options, choiceOn: { features, labels: shifted } });
    expect(apart.l2).toBe(100);
    expect(apart.l2).not.toBe((await foldChoice(options)).l2);
    const each = await Promise.all(apart.heads.map((head) => headProbabilities(head, features, n)));
    apart.onChoicePictures!.forEach((value, i) =>
      expect(value).toBeCloseTo(each.reduce((sum, one) => sum + one[i]!, 0) / each.length, 6),
    );
    // A single picture tells nothing.
    const single = { features: features.slice(0, featureSize), labels: labels.slice(0, 1) };
    expect((await foldChoice({ ...options, choiceOn: single })).l2).toBe(100);
  });
});
