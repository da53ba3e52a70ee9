import { describe, expect, it } from 'vitest';
import { oneHotTargets } from '../../src/train/targets.ts';
import { balancedWeights } from '../../src/train/techniques/class-weights.ts';
import { techniques } from '../../src/train/techniques/index.ts';
import { configOf } from '../support/training-fixture.ts';

describe('techniques', () => {
  it('are applied in one written order', () => {
    const keys = techniques.map(({ declaration }) => declaration.key);
    expect(keys).toEqual(['dropout', 'labelSmoothing', 'classWeights', 'gradientClipping']);
  });

  it('do nothing unless they are asked for', () => {
    expect(techniques.filter((technique) => technique.active(configOf()))).toEqual([]);
  });

  it('smooth first, then weigh: column c of the smoothed targets by the weight of class c', () => {
    const config = configOf({ loss: { labelSmoothing: 0.2, classWeights: 'balanced' } });
    const batch = { labels: [0, 1, 1], count: 2, classes: 2, classCounts: [1, 3] };
    let targets = oneHotTargets(batch.labels, 2, 2);
    for (const technique of techniques) {
      if (technique.active(config) && technique.targets) targets = technique.targets(batch, targets, {}, config);
    }
    // Weights 4 / (2 · 1) = 2 and 4 / (2 · 3) = 2/3; smoothed (0.9, 0.1) and (0.1, 0.9); the third row is padding.
    const expected = [0.9 * 2, 0.1 * (2 / 3), 0.1 * 2, 0.9 * (2 / 3), 0, 0];
    expected.forEach((value, i) => expect(targets.targets[i]).toBeCloseTo(value, 6));
    expect(targets.denominator).toBeCloseTo(2 + 2 / 3, 12);
  });

  it('weigh classes by scikit-learn’s "balanced"; a class without pictures weighs nothing', () => {
    expect(balancedWeights([2, 2])).toEqual([1, 1]);
    expect(balancedWeights([6, 0, 2])).toEqual([8 / 18, 0, 8 / 6]);
  });
});
