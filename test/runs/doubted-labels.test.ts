import { describe, expect, it } from 'vitest';
import { doubtedLabels } from '../../src/runs/doubted-labels.ts';
import type { Dataset, Picture } from '../../src/protocol/dataset.ts';
import { indices } from '../support/indices.ts';

function datasetOf(labels: readonly number[]): Dataset {
  const pictures = labels.map((label, i) => ({ path: `${i}.png`, label }) as unknown as Picture);
  return {
    formatVersion: 2,
    root: '/',
    classes: ['ant', 'bee', 'cat'],
    pictures,
    problems: [],
    pairs: [],
    contentHash: '',
  };
}

describe('doubted labels', () => {
  it('are those that a held-out model is surely against, most certain first', () => {
    const dataset = datasetOf([0, 1, 2, 0, 1]);
    const probabilities = Float32Array.from([
      ...[0.05, 0.9, 0.05], // 4: labelled bee, is bee
      ...[0.1, 0.85, 0.05], // 0: labelled ant, looks like a bee
      ...[0.3, 0.7, 0], // 3: labelled ant, not sure enough
      ...[0.99, 0, 0.01], // 2: labelled cat, looks like an ant
    ]);
    expect(doubtedLabels(dataset, indices(4, 0, 3, 2), probabilities)).toEqual([
      { path: '2.png', label: 'cat', suggested: 'ant', probability: Math.fround(0.99) },
      { path: '0.png', label: 'ant', suggested: 'bee', probability: Math.fround(0.85) },
    ]);
  });

  it('are at most fifty', () => {
    const dataset = datasetOf(new Array<number>(80).fill(0));
    const probabilities = Float32Array.from({ length: 240 }, (_, i) => (i % 3 === 1 ? 0.8 + i / 2000 : 0.01));
    const doubted = doubtedLabels(dataset, indices(...Array(80).keys()), probabilities);
    expect(doubted).toHaveLength(50);
    expect(doubted[0]!.path).toBe('79.png');
    expect(doubted.at(-1)!.path).toBe('30.png');
  });
});
