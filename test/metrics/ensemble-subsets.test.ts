import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { countCorrect } from '../../src/metrics/accuracy-of.ts';
import { subsetScores } from '../../src/metrics/ensemble-subsets.ts';
import { predictedClasses } from '../../src/metrics/probabilities.ts';
import { randomPredictions } from '../support/random-predictions.ts';

const naive = (members: Float32Array[], labels: Int32Array, classes: number): number =>
  countCorrect(predictedClasses(averageProbabilities(members), classes), labels);

describe('subsetScores', () => {
  it('counts for every subset what averaging it alone counts', () => {
    fc.assert(
      fc.property(randomPredictions({ members: [1, 6], pictures: [1, 30] }), ({ members, labels, classes }) => {
        const scores = subsetScores(members, labels);
        expect(scores).toHaveLength(2 ** members.length - 1);
        expect(new Set(scores.map((score) => score.members.join())).size).toBe(scores.length);
        for (const score of scores) {
          const chosen = score.members.map((index) => members[index]!);
          expect(score.correct).toBe(naive(chosen, labels, classes));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes the first of equal classes, as everywhere', () => {
    const even = Float32Array.of(0.5, 0.5, 0.5, 0.5);
    expect(subsetScores([even], Int32Array.of(0, 1))).toEqual([{ members: [0], correct: 1 }]);
  });

  it('of more than ten members counts the first ones, each alone, and all but one', () => {
    const [{ members, labels, classes }] = fc.sample(randomPredictions({ members: [12, 12], pictures: [40, 40] }), {
      numRuns: 1,
      seed: 3,
    }) as [{ members: Float32Array[]; labels: Int32Array; classes: number }];
    const scores = subsetScores(members, labels);
    expect(scores.map((score) => score.members.length).sort((a, b) => a - b)).toEqual(
      [
        ...Array.from({ length: 12 }, () => 1),
        ...Array.from({ length: 11 }, (_, i) => i + 2),
        ...Array.from({ length: 11 }, () => 11),
      ].sort((a, b) => a - b),
    );
    for (const score of scores)
      expect(score.correct).toBe(
        naive(
          score.members.map((index) => members[index]!),
          labels,
          classes,
        ),
      );
  });
});
