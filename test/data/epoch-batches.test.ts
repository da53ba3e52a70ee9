import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochBatches } from '../../src/data/epoch-batches.ts';

const labelsOf = (n: number, classes = 3) => Int32Array.from({ length: n }, (_, i) => (i * i) % classes);
const base = { batchSize: 8, seed: 4, epoch: 0 };

describe('batches of an epoch', () => {
  it.each(['shuffle', 'stratified'] as const)(
    '%s gives each picture once for one less than, exactly, and one more than a batch',
    (kind) => {
      for (const n of [7, 8, 9]) {
        const batches = epochBatches({ ...base, kind, labels: labelsOf(n) });
        expect(batches.map((batch) => batch.length)).toEqual(n === 9 ? [8, 1] : [n]);
        expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
      }
    },
  );

  it('repeats with the seed, and differs by epoch, branch and seed', () => {
    fc.assert(
      fc.property(fc.constantFrom('shuffle', 'stratified', 'balanced'), fc.integer({ min: 40, max: 90 }), (kind, n) => {
        const options = { ...base, kind, labels: labelsOf(n) } as const;
        const order = (change: object) => epochBatches({ ...options, ...change }).flatMap((batch) => [...batch]);
        expect(order({})).toEqual(order({}));
        for (const change of [{ epoch: 1 }, { seed: 5 }, { branch: 1 }, { branch: 'star' }])
          expect(order(change)).not.toEqual(order({}));
      }),
    );
  });

  it('stratified gives every batch its share of every class', () => {
    const labels = Int32Array.from({ length: 400 }, (_, i) => (i < 300 ? 0 : i < 380 ? 1 : 2));
    for (const batch of epochBatches({ ...base, batchSize: 40, kind: 'stratified', labels })) {
      const count = (label: number) => batch.filter((position) => labels[position] === label).length;
      expect(Math.abs(count(0) - 30)).toBeLessThanOrEqual(2);
      expect(Math.abs(count(1) - 8)).toBeLessThanOrEqual(2);
      expect(Math.abs(count(2) - 2)).toBeLessThanOrEqual(2);
    }
  });

  it('balanced draws classes equally often and uses every picture of a rare class before repeating one', () => {
    const labels = Int32Array.from({ length: 120 }, (_, i) => (i < 100 ? 0 : i < 115 ? 1 : 5));
    const drawn = epochBatches({ ...base, kind: 'balanced', labels }).flatMap((batch) => [...batch]);
    expect(drawn).toHaveLength(120);
    for (const label of [0, 1, 5]) expect(drawn.filter((position) => labels[position] === label)).toHaveLength(40);
    const rare = drawn.filter((position) => labels[position] === 5);
    for (let round = 0; round < 8; round++) expect(new Set(rare.slice(round * 5, round * 5 + 5)).size).toBe(5);
  });
});
