import { mcnemar } from './mcnemar.ts';

/** Two models on the same pictures: difference of their accuracies, fractions. */
export interface PairedAccuracy {
  /** First minus second. */
  readonly difference: number;
  /** 95 % interval. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Chance alone explains it: the interval holds 0, or the exact test of McNemar does not reach 5 %. */
  readonly withinChance: boolean;
}

const z = 1.959963984540054;

/**
 * Interval of a difference of paired shares by Agresti & Min 2005 ("Simple improved confidence intervals for comparing matched
 * proportions"): Wald's with half a picture added to each of the four cells, so that few differing pictures do not make it too
 * narrow. n = 0 tells nothing.
 */
export function pairedAccuracy(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  labels: ArrayLike<number>,
): PairedAccuracy {
  const { onlyFirst, onlySecond, pValue } = mcnemar(first, second, labels);
  const n = labels.length;
  if (n === 0) return { difference: 0, low: -1, high: 1, n, withinChance: true };
  const [b, c, total] = [onlyFirst + 0.5, onlySecond + 0.5, n + 2];
  const centre = (b - c) / total;
  const half = (z * Math.sqrt(b + c - (b - c) ** 2 / total)) / total;
  const [low, high] = [Math.max(-1, centre - half), Math.min(1, centre + half)];
  return {
    difference: (onlyFirst - onlySecond) / n,
    low,
    high,
    n,
    withinChance: pValue >= 0.05 || (low <= 0 && high >= 0),
  };
}
