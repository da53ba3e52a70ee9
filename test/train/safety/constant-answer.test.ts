import { describe, expect, it } from 'vitest';
import type { TrainConfigInput } from '../../../src/settings/train-config.ts';
import { constantAnswerLoss, labelEntropy } from '../../../src/train/safety/constant-answer.ts';
import { balancedWeights } from '../../../src/train/techniques/class-weights.ts';
import { configOf } from '../../support/training-fixture.ts';

const labels = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2];
const counts = [6, 3, 1];

/** Smallest training loss of one answer to all pictures, found by trying: no formula for the best answer is assumed. */
function byTrying({ loss, data }: TrainConfigInput): number {
  const epsilon = loss?.labelSmoothing ?? 0;
  const shown = data?.sampler === 'balanced' ? [10 / 3, 10 / 3, 10 / 3] : counts;
  const weights = loss?.classWeights === 'balanced' ? balancedWeights(counts) : [1, 1, 1];
  let best = Infinity;
  for (let a = 0.001; a < 1; a += 0.001)
    for (let b = 0.001; a + b < 0.9995; b += 0.001) {
      const answer = [a, b, 1 - a - b];
      let sum = 0;
      let denominator = 0;
      shown.forEach((count, label) => {
        denominator += count * weights[label]!;
        answer.forEach((p, c) => {
          const target = (c === label ? 1 - epsilon : 0) + epsilon / 3;
          sum -= count * target * weights[c]! * Math.log(p);
        });
      });
      best = Math.min(best, sum / denominator);
    }
  return best;
}

describe('the loss of a constant answer', () => {
  it.each<[string, TrainConfigInput]>([
    ['plain', {}],
    ['with smoothed labels', { loss: { labelSmoothing: 0.1 } }],
    ['with class weights', { loss: { classWeights: 'balanced' } }],
    ['with both', { loss: { labelSmoothing: 0.2, classWeights: 'balanced' } }],
  ])('is the smallest that any answer reaches: %s', (_, input) => {
    const found = constantAnswerLoss({ config: configOf(input), labels, classes: 3 });
    expect(Math.abs(found - byTrying(input))).toBeLessThan(1e-5);
  });

  it('follows the classes as the sampler shows them', () => {
    const many = [0, 0, 0, 0, 0, 0, 0, 1, 2];
    const config = configOf({ data: { sampler: 'balanced' } });
    expect(constantAnswerLoss({ config, labels: many, classes: 3 })).toBeCloseTo(Math.log(3), 12);
  });

  it('without techniques is the entropy of the labels; a class that nothing shows adds nothing', () => {
    const expected = -counts.reduce((sum, count) => sum + (count / 10) * Math.log(count / 10), 0);
    expect(labelEntropy(labels, 4)).toBeCloseTo(expected, 12);
    expect(constantAnswerLoss({ config: configOf(), labels, classes: 4 })).toBeCloseTo(expected, 12);
  });
});
