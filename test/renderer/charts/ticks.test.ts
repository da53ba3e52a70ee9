import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logTicks, niceTicks, wholeTicks } from '../../../renderer/charts/ticks.ts';

describe('ticks of an axis', () => {
  it('are multiples of 1, 2 or 5 of a power of ten', () => {
    expect(niceTicks(0, 20)).toEqual([0, 5, 10, 15, 20]);
    expect(niceTicks(0.6, 1)).toEqual([0.6, 0.7, 0.8, 0.9, 1]);
    expect(niceTicks(0, 0.3)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(niceTicks(92, 97)).toEqual([92, 93, 94, 95, 96, 97]);
  });

  it('are at most six, ascending and inside, whatever the range', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (low, width) => {
          fc.pre(low + width > low && width > Math.abs(low) * 1e-9);
          const ticks = niceTicks(low, low + width);
          const slack = 1e-6 * width;
          expect(ticks.length).toBeGreaterThanOrEqual(1);
          expect(ticks.length).toBeLessThanOrEqual(6);
          for (const [i, tick] of ticks.entries()) {
            expect(tick).toBeGreaterThanOrEqual(low - slack);
            expect(tick).toBeLessThanOrEqual(low + width + slack);
            if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
          }
        },
      ),
    );
  });

  it('are whole numbers where only those make sense', () => {
    expect(wholeTicks(0, 3)).toEqual([0, 1, 2, 3]);
  });

  it('are powers of ten on a logarithmic axis, finer ones where a single decade is shown', () => {
    expect(logTicks(1e-6, 1e-3)).toEqual([1e-6, 1e-5, 1e-4, 1e-3]);
    expect(logTicks(1e-8, 1)).toEqual([1e-8, 1e-6, 1e-4, 1e-2, 1]);
    expect(logTicks(15, 220)).toEqual([20, 50, 100, 200]);
    expect(logTicks(42, 47)).toEqual([42, 43, 44, 45, 46, 47]);
  });
});
