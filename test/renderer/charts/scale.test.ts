import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearScale, logScale } from '../../../renderer/charts/scale.ts';

describe('scales', () => {
  it('put the ends of the domain at the ends of the range', () => {
    const scale = linearScale([0.6, 1], [200, 0]);
    expect(scale.at(0.6)).toBe(200);
    expect(scale.at(1)).toBeCloseTo(0, 9);
    expect(scale.at(0.8)).toBeCloseTo(100, 9);
  });

  it('make equal factors equal distances on a logarithmic one, and keep zero inside', () => {
    const scale = logScale([1e-6, 1e-2], [0, 400]);
    expect(scale.at(1e-4)).toBeCloseTo(200, 9);
    expect(scale.at(0)).toBe(0);
  });

  it('go back to the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-5, max: 1e-2, noNaN: true }), (value) => {
        expect(logScale([1e-6, 1e-1], [0, 300]).invert(logScale([1e-6, 1e-1], [0, 300]).at(value))).toBeCloseTo(
          value,
          9,
        );
        expect(linearScale([0, 1], [300, 0]).invert(linearScale([0, 1], [300, 0]).at(value))).toBeCloseTo(value, 9);
      }),
    );
  });
});
