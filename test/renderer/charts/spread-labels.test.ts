import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadLabels } from '../../../renderer/charts/spread-labels.ts';

describe('labels at the ends of lines', () => {
  it('stay where they are when there is room', () => {
    expect(spreadLabels([80, 20, 50], 16, 0, 100)).toEqual([80, 20, 50]);
  });

  it('move apart about their middle where they would touch', () => {
    expect(spreadLabels([50, 52], 16, 0, 100)).toEqual([43, 59]);
    expect(spreadLabels([98, 99, 100], 16, 0, 100)).toEqual([68, 84, 100]);
  });

  it('never cover each other nor leave the plot', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 12 }), (wanted) => {
        const placed = spreadLabels(wanted, 16, 0, 200);
        const sorted = placed
          .map((position, i) => ({ position, wish: wanted[i]! }))
          .sort((a, b) => a.position - b.position);
        for (const [i, { position, wish }] of sorted.entries()) {
          expect(position).toBeGreaterThanOrEqual(-1e-9);
          expect(position).toBeLessThanOrEqual(200 + 1e-9);
          if (i > 0) {
            expect(position - sorted[i - 1]!.position).toBeGreaterThanOrEqual(16 - 1e-9);
            expect(wish).toBeGreaterThanOrEqual(sorted[i - 1]!.wish);
          }
        }
      }),
    );
  });

  it('are set evenly where not all fit', () => {
    expect(spreadLabels([5, 5, 5], 16, 0, 20)).toEqual([0, 10, 20]);
  });
});
