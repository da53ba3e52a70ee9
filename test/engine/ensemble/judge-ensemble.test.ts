import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldOut } from '../../../src/engine/ensemble/held-out.ts';
import { judgeEnsemble, picturesOfCell } from '../../../src/engine/ensemble/judge-ensemble.ts';
import type { ChosenMember } from '../../../src/protocol/ensemble-view.ts';
import { predictionsOf, randomPredictions, type RandomPredictions } from '../../support/random-predictions.ts';
import { processorMilliseconds } from '../../support/processor-time.ts';

function heldOutOf({ members, labels, classes }: RandomPredictions, judge: Int32Array | null = null): HeldOut {
  return {
    runId: 'r',
    split: judge ? 'outOfFold' : 'validation',
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    paths: Array.from(labels, (_, row) => `${row}.jpg`),
    labels,
    members: members.map((probabilities, i) => ({
      ...{ name: `m${i + 1}`, kind: 'snapshot', index: i, sha256: `${i}`, bytes: 10, milliseconds: i + 1 },
      probabilities,
    })),
    judge,
    temperature: 1,
    trunkMilliseconds: 5,
    selected: members.map((_, i) => ({ name: `m${i + 1}`, weight: 1 })),
    testPictures: 0,
  };
}

/** Accuracy by plain loops over pictures, members and classes, from the definitions. */
function looped({ members, labels, classes }: RandomPredictions, weights: readonly number[]): number {
  let correct = 0;
  labels.forEach((label, row) => {
    const mean = Array.from({ length: classes }, (_, c) =>
      members.reduce((sum, member, m) => sum + weights[m]! * member[row * classes + c]!, 0),
    );
    if (mean.indexOf(Math.max(...mean)) === label) correct++;
  });
  return labels.length === 0 ? 0 : correct / labels.length;
}

const chosenOf = (weights: readonly number[]): ChosenMember[] =>
  weights.flatMap((weight, i) => (weight > 0 ? [{ name: `m${i + 1}`, weight }] : []));

/** Predictions with a weight for each member, not all 0. */
const cases = randomPredictions({ members: [1, 5], pictures: [1, 40] }).chain((said) =>
  fc
    .array(fc.integer({ min: 0, max: 3 }), { minLength: said.members.length, maxLength: said.members.length })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => ({ said, weights })),
);

describe('an ensemble of members that judged the same pictures', () => {
  it('has the accuracy, the staircase and the gains that follow from the definitions', () => {
    fc.assert(
      fc.property(cases, ({ said, weights }) => {
        const view = judgeEnsemble(heldOutOf(said), chosenOf(weights));
        expect(view.accuracy.accuracy).toBeCloseTo(looped(said, weights), 12);
        expect(view.staircase.at(-1)!.accuracy).toEqual(view.accuracy);
        let before: number | null = null;
        for (const { name, accuracy, gain } of view.staircase) {
          const upTo = weights.map((weight, i) => (i <= Number(name.slice(1)) - 1 ? weight : 0));
          expect(accuracy.accuracy).toBeCloseTo(looped(said, upTo), 12);
          if (before === null) expect(gain).toBeNull();
          else expect(gain).toBeCloseTo(accuracy.accuracy - before, 12);
          before = accuracy.accuracy;
        }
        view.members.forEach(({ on, gain, alone, weight }, i) => {
          const single = weights.map((_, m) => (m === i ? 1 : 0));
          expect(alone.accuracy).toBeCloseTo(looped(said, single), 12);
          expect(on).toBe(weights[i]! > 0);
          if (on) expect(weight).toBe(weights[i]);
          else
            expect(gain).toBeCloseTo(
              looped(
                said,
                weights.map((value, m) => (m === i ? 1 : value)),
              ) - view.accuracy.accuracy,
              12,
            );
        });
        expect(view.bestSingle!.accuracy).toBe(Math.max(...view.members.map(({ alone }) => alone.accuracy)));
      }),
      { numRuns: 80 },
    );
  });

  it('counts every picture once in the matrix, agrees with itself, and lists a cell picture by picture', () => {
    fc.assert(
      fc.property(cases, ({ said, weights }) => {
        const heldOut = heldOutOf(said);
        const chosen = chosenOf(weights);
        const view = judgeEnsemble(heldOut, chosen);
        const { confusion, agreement, perClass, worst, n } = view;
        expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(n);
        const diagonal = confusion.reduce((sum, row, c) => sum + row[c]!, 0);
        expect(diagonal / n).toBeCloseTo(view.accuracy.accuracy, 12);
        agreement.forEach((row, a) => {
          expect(row[a]).toBe(1);
          row.forEach((share, b) => expect(share).toBe(agreement[b]![a]));
        });
        confusion.forEach((row, label) => {
          const taken = confusion.reduce((sum, other) => sum + other[label]!, 0);
          const support = row.reduce((sum, count) => sum + count, 0);
          const expected = (whole: number) => (whole === 0 ? null : row[label]! / whole);
          expect(perClass[label]).toEqual({ label, precision: expected(taken), recall: expected(support), n: support });
          row.forEach((count, predicted) => {
            const pictures = picturesOfCell(heldOut, chosen, { label, predicted });
            expect(pictures).toHaveLength(count);
            for (const picture of pictures) expect(picture).toMatchObject({ label, predicted });
          });
        });
        const losses = worst.map(({ labelProbability }) => -Math.log(labelProbability));
        expect(losses).toEqual([...losses].sort((a, b) => b - a));
      }),
      { numRuns: 60 },
    );
  });

  it('marks the chosen subset, and as Pareto points exactly those that no other beats', () => {
    fc.assert(
      fc.property(cases, ({ said, weights }) => {
        const { subsets, accuracy } = judgeEnsemble(heldOutOf(said), chosenOf(weights));
        const chosen = subsets.filter((subset) => subset.chosen);
        expect(chosen).toMatchObject([{ members: chosenOf(weights).map(({ name }) => name) }]);
        expect(chosen[0]!.accuracy).toBe(accuracy.accuracy);
        for (const one of subsets) {
          const beaten = subsets.some(
            (other) =>
              other.millisecondsPerPicture <= one.millisecondsPerPicture &&
              other.accuracy >= one.accuracy &&
              (other.millisecondsPerPicture < one.millisecondsPerPicture || other.accuracy > one.accuracy),
          );
          if (one.pareto) expect(beaten).toBe(false);
          else {
            const twin = subsets.some(
              (other) =>
                other.pareto &&
                other.accuracy >= one.accuracy &&
                other.millisecondsPerPicture <= one.millisecondsPerPicture,
            );
            expect(twin).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('answers in some 50 ms for 10 members, 1,000 pictures and 20 classes, and a switch far faster', () => {
    const heldOut = heldOutOf(predictionsOf(1, 10, 1000, 20));
    const all = heldOut.selected;
    const times = Array.from({ length: 5 }, (_, i) =>
      processorMilliseconds(() => {
        const view = judgeEnsemble({ ...heldOut }, all.slice(0, 10 - i));
        expect(view.subsets).toHaveLength(1023);
      }),
    );
    // Three times what is wanted: a slow machine must not look like a defect.
    expect(Math.min(...times)).toBeLessThan(150);
    judgeEnsemble(heldOut, all);
    const switched = Array.from({ length: 5 }, (_, i) =>
      processorMilliseconds(() => judgeEnsemble(heldOut, all.slice(0, 4 + i))),
    );
    expect(Math.min(...switched)).toBeLessThan(50);
  });
});

describe('heads of folds', () => {
  it('are judged each on the pictures that it did not train on, and are not compared', () => {
    fc.assert(
      fc.property(randomPredictions({ members: [1, 1], pictures: [4, 40] }), fc.integer(), (said, seed) => {
        const folds = 3;
        const judge = said.labels.map((_, row) => (row * 7 + Math.abs(seed % 97)) % folds);
        const probabilities = said.members[0]!;
        const heads = { ...said, members: Array.from({ length: folds }, () => probabilities) };
        const heldOut = heldOutOf(heads, judge);
        const on = heldOut.selected.slice(0, 2);
        const view = judgeEnsemble(heldOut, on);
        expect(view).toMatchObject({ comparable: false, bestSingle: null, staircase: [], subsets: [], agreement: [] });
        const own = (member: number) => [...judge.keys()].filter((row) => judge[row] === member);
        view.members.forEach(({ alone, gain }, i) => {
          expect(alone.n).toBe(own(i).length);
          expect(gain).toBeNull();
        });
        expect(view.n).toBe(own(0).length + own(1).length);
        const weighted = [0, 1].reduce((sum, i) => sum + view.members[i]!.alone.accuracy * own(i).length, 0);
        if (view.n > 0) expect(view.accuracy.accuracy).toBeCloseTo(weighted / view.n, 12);
        for (const { path, answers } of view.worst) {
          const judged = judge[Number(path.replace('.jpg', ''))]!;
          answers.forEach((answer, member) => expect(answer === -1).toBe(member !== judged));
          expect(judged).toBeLessThan(2);
        }
      }),
      { numRuns: 40 },
    );
  });
});
