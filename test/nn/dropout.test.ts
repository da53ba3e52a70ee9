import { beforeAll, describe, expect, it } from 'vitest';
import { dropout } from '../../src/nn/dropout.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';

beforeAll(async () => {
  await loadRuntime();
});

const dropped = (a: number, b: number, index = 0): number[] =>
  tf.tidy(() => [...dropout(tf.ones([64, 1280]), 0.2, tf.tensor1d([a, b], 'int32'), index).dataSync()]);

describe('dropout', () => {
  it('drops a share of its rate, scales the rest, and is a function of the seed alone', () => {
    const first = dropped(1, 2);
    expect(dropped(1, 2)).toEqual(first);
    expect(dropped(1, 3)).not.toEqual(first);
    const zeros = first.filter((value) => value === 0).length;
    // Six standard deviations of a binomial share of 81920 draws.
    expect(Math.abs(zeros / first.length - 0.2)).toBeLessThan(6 * Math.sqrt((0.2 * 0.8) / first.length));
    for (const value of new Set(first)) if (value !== 0) expect(value).toBeCloseTo(1 / 0.8, 5);
  });

  it('draws other numbers in every dropout node', () => {
    expect(dropped(3, 4, 0)).not.toEqual(dropped(3, 4, 1));
  });
});
