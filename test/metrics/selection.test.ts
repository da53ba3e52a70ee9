import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../src/metrics/accuracy-of.ts';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { greedySelection } from '../../src/metrics/greedy-selection.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';

const oracle = JSON.parse(readFileSync('test/fixtures/metrics.json', 'utf8')) as {
  classes: number;
  labels: number[];
  members: number[][];
};
const { labels, classes } = oracle;
const members = oracle.members.map((member) => Float32Array.from(member));
const accuracyOfMembers = (chosen: Float32Array[], weights?: number[]) =>
  accuracyOf(averageProbabilities(chosen, weights), labels, classes, 'validation').accuracy;

/** Second derivation: every step averages the whole multiset anew. */
function greedyByHand(maxMembers: number): number[] {
  const taken: number[] = [];
  let best: { accuracy: number; loss: number; size: number } | null = null;
  for (let step = 0; step < maxMembers; step++) {
    const scores = members.map((_, index) => {
      const average = averageProbabilities([...taken, index].map((i) => members[i]!));
      return {
        index,
        accuracy: accuracyOf(average, labels, classes, 'train').accuracy,
        loss: logLoss(average, labels),
      };
    });
    scores.sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.index - b.index);
    const { index, accuracy, loss } = scores[0]!;
    taken.push(index);
    if (!best || accuracy > best.accuracy || (accuracy === best.accuracy && loss < best.loss)) {
      best = { accuracy, loss, size: taken.length };
    }
  }
  return taken.slice(0, best!.size);
}

describe('greedySelection', () => {
  it('takes the members that averaging anew at every step takes', () => {
    for (const maxMembers of [1, 3, 8]) {
      const selection = greedySelection(members, labels, { maxMembers });
      expect(selection.order).toEqual(greedyByHand(maxMembers));
      expect(selection.accuracy).toBe(accuracyOfMembers(members, [...selection.counts]));
    }
  });

  it('is at least as good on its own pictures as the best single member', () => {
    const single = Math.max(...members.map((member) => accuracyOfMembers([member])));
    expect(greedySelection(members, labels, { maxMembers: 10 }).accuracy).toBeGreaterThanOrEqual(single);
  });

  it('takes the lower index of equal members and leaves a useless one out', () => {
    const wrong = members[0]!.map((_, i) => (i % classes === classes - 1 ? 1 : 0)); // says the class without pictures
    const { counts } = greedySelection([wrong, members[0]!, members[0]!], labels, { maxMembers: 4 });
    expect(counts).toEqual([0, 1, 0]);
  });

  it('starts from the best single members when asked to', () => {
    const best = members.map((m, i) => ({ i, accuracy: accuracyOfMembers([m]), loss: logLoss(m, labels) }));
    best.sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss);
    const { order } = greedySelection(members, labels, { maxMembers: 6, initialMembers: 2 });
    expect(order.slice(0, 2)).toEqual(best.slice(0, 2).map((b) => b.i));
  });

  it('refuses an empty list', () => {
    expect(() => greedySelection([], labels, { maxMembers: 1 })).toThrow('metrics.sizeMismatch');
    expect(() => greedySelection(members, labels, { maxMembers: 0 })).toThrow('metrics.sizeMismatch');
  });
});
