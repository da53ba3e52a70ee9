import { describe, expect, it } from 'vitest';
import { proposeRate, rangeTest } from '../../../src/train/range-test/range-test.ts';

const options = { from: 1e-3, to: 1e3, steps: 61 };
const ratio = (options.to / options.from) ** (1 / 60);

/** Gradient descent on ½ Σ L_i w_i²: it converges below 2 / max L and diverges above. */
function quadratic(curvatures: readonly number[]) {
  const w = curvatures.map(() => 1);
  return (rate: number) => {
    const loss = curvatures.reduce((sum, L, i) => sum + 0.5 * L * w[i]! ** 2, 0);
    curvatures.forEach((L, i) => (w[i]! -= rate * L * w[i]!));
    // What stays at 0 could not diverge.
    w.forEach((value, i) => (w[i] = Math.abs(value) < 1e-3 ? 1e-3 : value));
    return Promise.resolve(loss);
  };
}

describe('a range test', () => {
  it.each([0.1, 1, 30])(
    'on a quadratic of curvature %d finds the limit 2 / L, within the steps that its mean needs',
    async (L) => {
      const curve = await rangeTest(quadratic([L]), options);
      const { limit } = proposeRate(curve, 1);
      expect(limit! / (2 / L)).toBeGreaterThan(1 / ratio);
      expect(limit! / (2 / L)).toBeLessThan(ratio ** 6);
      expect(curve.rates.length).toBeLessThan(options.steps);
    },
  );

  it('obeys the steepest of several directions', async () => {
    const curve = await rangeTest(quadratic([0.01, 5]), options);
    const { limit } = proposeRate(curve, 1);
    expect(limit! / (2 / 5)).toBeGreaterThan(1 / ratio);
    expect(limit! / (2 / 5)).toBeLessThan(ratio ** 6);
  });

  it('goes through the rates by one factor, and smooths as a loop over weights does', async () => {
    const losses = [3, 1, 2, 4];
    const curve = await rangeTest((_, step) => Promise.resolve(losses[step]!), { from: 1, to: 8, steps: 4 });
    curve.rates.forEach((rate, i) => expect(rate).toBeCloseTo(2 ** i, 12));
    const weights = [0.7 ** 2, 0.7, 1];
    const mean = (3 * weights[0]! + 1 * weights[1]! + 2 * weights[2]!) / weights.reduce((a, b) => a + b);
    expect(curve.smoothed[2]).toBeCloseTo(mean, 12);
    expect(curve.losses).toEqual(losses);
  });

  it('ends where the loss is no number', async () => {
    const curve = await rangeTest((_, step) => Promise.resolve(step < 3 ? 1 : NaN), options);
    expect(curve.rates).toHaveLength(3);
  });
});

describe('the proposed rate', () => {
  const flat = (length: number) => new Array<number>(length).fill(1);
  const rates = Array.from({ length: 9 }, (_, i) => 10 ** (i - 6));

  it('is a quarter of the last rate before the loss leaves its minimum', () => {
    const curve = { rates, losses: [], smoothed: [...flat(6), 1.05, 2, 5] };
    expect(proposeRate(curve, 0.01)).toEqual({ rate: 0.1 / 4, limit: 0.1 });
  });

  it('stays between a tenth and three times the rate that was set', () => {
    const never = { rates, losses: [], smoothed: flat(9) };
    expect(proposeRate(never, 0.01).rate).toBeCloseTo(0.03, 12);
    const atOnce = { rates: rates.slice(0, 2), losses: [], smoothed: [1, 5] };
    expect(proposeRate(atOnce, 0.01)).toEqual({ rate: 0.001, limit: null });
  });
});
