import { describe, expect, it } from 'vitest';
import { reportEnsemble } from '../../src/metrics/ensemble-report.ts';
import { memberWeights } from '../../src/metrics/member-weights.ts';
import { wilsonInterval } from '../../src/metrics/wilson-interval.ts';

const labels = [0, 1, 0, 1];
const member = (name: string, ofClass1: number[]) => ({
  name,
  weight: 1,
  milliseconds: 0.5 as number | null,
  probabilities: Float32Array.from(ofClass1.flatMap((p) => [1 - p, p])),
});
const pictures = { labels, classes: 2, trunkMilliseconds: 1 };

/** By probability of class 1. Right on pictures 0, 1, 2; on 0, 1, 3; on 0, 2. */
const a = member('a', [0.1, 0.9, 0.2, 0.4]);
const b = member('b', [0.2, 0.7, 0.6, 0.9]);
const c = member('c', [0.3, 0.2, 0.3, 0.3]);

describe('the report of an ensemble', () => {
  it('tells accuracy, gains and disagreement on the same pictures', () => {
    const report = reportEnsemble([a, b, c], { ...pictures, split: 'validation' });
    // Means of class 1: 0.2, 0.6, 0.367, 0.533: all four right. Alone 3/4, 3/4, 2/4.
    expect(report.members).toEqual(['a', 'b', 'c']);
    expect(report.accuracy).toEqual({ accuracy: 1, split: 'validation', n: 4, ...wilsonInterval(4, 4) });
    expect(report.gainOverMean).toBeCloseTo(1 - 2 / 3, 12);
    expect(report.gainOverBest).toBeCloseTo(1 / 4, 12);
    // Answers a 0100, b 0111, c 0000: a and b differ on two, a and c on one, b and c on three of four.
    expect(report.disagreement).toBeCloseTo((2 / 4 + 1 / 4 + 3 / 4) / 3, 12);
    // The shared layers once, half a millisecond a member.
    expect(report.millisecondsPerPicture).toBe(1 + 3 * 0.5);
  });

  it('leaves out members that weigh nothing, and weighs the others', () => {
    const weighted = [{ ...a, weight: 3, milliseconds: null }, { ...b, weight: 0 }, c];
    const report = reportEnsemble(weighted, { ...pictures, split: 'outOfFold' });
    // (3a + c) / 4: 0.15, 0.725, 0.225, 0.375: the last one is wrong.
    expect(report.members).toEqual(['a', 'c']);
    expect(report.accuracy.accuracy).toBe(3 / 4);
    expect(report.gainOverMean).toBeCloseTo(3 / 4 - 5 / 8, 12);
    expect(report.gainOverBest).toBe(0);
    expect(report.disagreement).toBe(1 / 4);
    // One was not timed, one is not averaged.
    expect(report.millisecondsPerPicture).toBe(1 + 0.5);
  });

  it('of one member gains nothing and agrees with itself', () => {
    const report = reportEnsemble([a], { ...pictures, split: 'validation' });
    expect(report).toMatchObject({ gainOverMean: 0, gainOverBest: 0, disagreement: 0 });
  });
});

describe('the weights of members', () => {
  const probabilities = [a, b, c].map((member) => member.probabilities);

  it('are equal, unless selection is greedy', () => {
    expect(memberWeights(probabilities, labels, 'all')).toEqual([1, 1, 1]);
    expect(memberWeights([c.probabilities], labels, 'greedy')).toEqual([1]);
  });

  it('are how often greedy selection took each', () => {
    // a first (3 of 4 right, lower log loss than b), then b: all four right. Of the ensembles that are, the mean log loss
    // is 1.327/4 for a + b, 1.299/4 for 2a + b, 1.297/4 for 3a + b; 4a + b gives the last picture 0.5 and is wrong there.
    expect(memberWeights(probabilities, labels, 'greedy')).toEqual([3, 1, 0]);
  });
});
