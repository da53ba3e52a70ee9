import { describe, expect, it } from 'vitest';
import { readsAgree, watchReads } from '../../src/base/watch-reads.ts';

const config = { seed: 1, optimizer: { name: 'sgd', momentum: 0.9 }, tune: { scales: [1, 2], freezeTo: null } };

describe('watchReads', () => {
  it('notes every leaf that is read, lists and null too, and no other', () => {
    const { value, reads } = watchReads(config);
    expect(value.optimizer.name).toBe('sgd');
    const { scales, freezeTo } = value.tune;
    expect([scales, freezeTo]).toEqual([[1, 2], null]);
    expect([...reads]).toEqual([
      ['optimizer.name', 'sgd'],
      ['tune.scales', [1, 2]],
      ['tune.freezeTo', null],
    ]);
  });

  it('refuses to be copied, which would read everything', () => {
    const { value } = watchReads(config);
    expect(() => ({ ...value.optimizer })).toThrow('optimizer');
  });
});

describe('readsAgree', () => {
  it('is true for another object exactly when the leaves that were read are equal there', () => {
    const { value, reads } = watchReads(config);
    expect([value.optimizer.name, value.tune.scales, value.tune.freezeTo]).toHaveLength(3);
    expect(readsAgree(reads, { ...config, seed: 2, optimizer: { name: 'sgd', momentum: 0.5 } })).toBe(true);
    expect(readsAgree(reads, { ...config, optimizer: { name: 'adamw', momentum: 0.9 } })).toBe(false);
    expect(readsAgree(reads, { ...config, tune: { scales: [1, 3], freezeTo: null } })).toBe(false);
    expect(readsAgree(reads, { ...config, tune: { scales: [1, 2], freezeTo: 0 } })).toBe(false);
  });
});
