import type { Range } from './ranges.ts';

/** Maps values to pixels and back. */
export interface Scale {
  at(value: number): number;
  invert(pixel: number): number;
}

export function linearScale([low, high]: Range, [from, to]: Range): Scale {
  const slope = high > low ? (to - from) / (high - low) : 0;
  return {
    at: (value) => from + (value - low) * slope,
    invert: (pixel) => (slope === 0 ? low : low + (pixel - from) / slope),
  };
}

/** Equal factors are equal distances. Values at or below 0 stand at the low end. */
export function logScale([low, high]: Range, pixels: Range): Scale {
  const scale = linearScale([Math.log(low), Math.log(high)], pixels);
  return {
    at: (value) => scale.at(value > low * 1e-3 ? Math.log(value) : Math.log(low)),
    invert: (pixel) => Math.exp(scale.invert(pixel)),
  };
}
