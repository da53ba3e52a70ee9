import { describe, expect, it } from 'vitest';
import { fineTuneInputSize } from '../../src/models/input-size.ts';
import type { Preprocessing } from '../../src/protocol/preprocessing.ts';

describe('the side that fine-tuning works at', () => {
  const preprocessing = { inputSize: 224 } as Preprocessing;

  it.each([
    ['large pictures: the side of the weights', [300, 500, 400], 224],
    ['32 pixels: four times that', [32, 32, 32], 128],
    ['the median counts', [20, 33, 1000], 160],
    ['no pictures: the side of the weights', [], 224],
  ])('for %s', (_, shortSides, expected) => {
    expect(fineTuneInputSize(preprocessing, shortSides)).toBe(expected);
  });
});
