import { describe, expect, it } from 'vitest';
import { filterRuns, formatFilter, parseFilter, termToDrop } from '../../../renderer/views/runs/run-filter.ts';
import type { RunSummary } from '../../../src/protocol/run-record.ts';

function run(number: number, more: Partial<RunSummary> & { root?: string; best?: number } = {}): RunSummary {
  const { root = '/data/flowers', best, ...rest } = more;
  return {
    runId: `r${number}`,
    number,
    name: 'lite0-balanced',
    note: '',
    preset: 'balanced',
    backbone: null,
    pinned: false,
    state: 'finished',
    dataset: { root, contentHash: '', pictures: 1, classes: 2, dataset: '1', version: 1 },
    heldOutAccuracy: best === undefined ? null : { accuracy: best, split: 'validation', n: 100, low: 0, high: 1 },
    ...rest,
  } as RunSummary;
}

const runs = [
  run(1, { best: 0.95, pinned: true }),
  run(2, { best: 0.85, note: 'With MixUp' }),
  run(3, { root: '/data/my birds', state: 'failed' }),
];
const found = (text: string): number[] => filterRuns(runs, parseFilter(text)).map(({ number }) => number);

describe('the filter of runs', () => {
  it('finds words in name, note and dataset, all of which must be there', () => {
    expect(found('')).toEqual([1, 2, 3]);
    expect(found('mixup')).toEqual([2]);
    expect(found('lite0 birds')).toEqual([3]);
    expect(found('lite0 nowhere')).toEqual([]);
  });

  it('knows pinned, best, state and dataset', () => {
    expect(found('pinned')).toEqual([1]);
    expect(found('best>90')).toEqual([1]);
    expect(found('best<90,5')).toEqual([2]);
    expect(found('state:failed')).toEqual([3]);
    expect(found('dataset:"my birds"')).toEqual([3]);
    expect(found('dataset:my')).toEqual([]);
  });

  it('comes back from its own text', () => {
    const terms = parseFilter('pinned best>90 state:failed dataset:"my birds" "two words"');
    expect(parseFilter(formatFilter(terms))).toEqual(terms);
  });

  it('says which condition to drop where nothing matches', () => {
    expect(termToDrop(runs, parseFilter('pinned state:failed'))).toMatchObject({ runs: 1 });
    expect(termToDrop(runs, parseFilter('nowhere'))).toEqual({ term: { kind: 'word', word: 'nowhere' }, runs: 3 });
    expect(termToDrop(runs, parseFilter('nowhere nothing'))).toBeNull();
  });
});
