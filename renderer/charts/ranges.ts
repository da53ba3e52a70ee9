/** Ends of axes. All pure; NaN stands for a missing value. */
export type Range = readonly [low: number, high: number];

/** Smallest and largest finite value of `values`, `from` included, `to` not; null where there is none. */
export function extent(values: ArrayLike<number>, from = 0, to = values.length): Range | null {
  let low = Infinity;
  let high = -Infinity;
  for (let i = from; i < to; i++) {
    const value = values[i]!;
    // NaN fails both comparisons.
    if (value < low) low = value;
    if (value > high && value !== Infinity) high = value;
  }
  return low <= high ? [low, high] : null;
}

export function union(first: Range | null, second: Range | null): Range | null {
  if (!first || !second) return first ?? second;
  return [Math.min(first[0], second[0]), Math.max(first[1], second[1])];
}

/** Whole tens of percent around accuracies (fractions), so that the axis stands still while they move inside it. */
export function accuracyRange(values: Range | null): Range {
  if (!values) return [0, 1];
  const low = Math.floor(values[0] * 10 + 1e-9) / 10;
  const high = Math.min(1, Math.ceil(values[1] * 10 - 1e-9) / 10);
  return low < high ? [low, high] : [Math.max(0, low - 0.1), Math.min(1, low + 0.1)];
}

/** Whole percents around accuracies that lie close together, at least `least` wide. */
export function closeAccuracyRange(values: Range | null, least = 0.04): Range {
  if (!values) return [0, 1];
  let low = Math.floor(values[0] * 100 + 1e-9) / 100;
  let high = Math.min(1, Math.ceil(values[1] * 100 - 1e-9) / 100);
  if (high - low < least) {
    high = Math.min(1, exact(low + least));
    low = Math.max(0, exact(high - least));
  }
  return [low, high];
}

/** From 0 to a nice number above the largest. */
export function fromZero(values: Range | null): Range {
  const high = values?.[1] ?? 0;
  if (!(high > 0)) return [0, 1];
  const step = 10 ** Math.floor(Math.log10(high)) / 2;
  return [0, exact(Math.ceil(high / step - 1e-9) * step)];
}

/** `range` moved, without changing its width, until `at` lies in its middle or it meets the limits. */
export function panned(range: Range, limits: Range, at: number): Range {
  const width = range[1] - range[0];
  const low = Math.min(Math.max(at - width / 2, limits[0]), limits[1] - width);
  return [low, low + width];
}

/** Without the last bits of a sum or product: 0.92 + 0.04 is 0.9600000000000001. */
function exact(value: number): number {
  return Number(value.toPrecision(12));
}

/** Whole decades around positive values; `floor` where the smallest is not above 0. */
export function decades(values: Range | null, floor = 1e-8): Range {
  if (!values || !(values[1] > 0)) return [1e-3, 1];
  const low = 10 ** Math.floor(Math.log10(Math.max(floor, values[0])) + 1e-9);
  const high = 10 ** Math.ceil(Math.log10(values[1]) - 1e-9);
  return low < high ? [low, high] : [low / 10, high];
}

/** `range` scaled by `factor` about `centre`, kept inside `limits`; null when it covers them: not zoomed. */
export function zoomed(range: Range, limits: Range, centre: number, factor: number): Range | null {
  const width = (range[1] - range[0]) * factor;
  if (width >= limits[1] - limits[0]) return null;
  const share = range[1] > range[0] ? (centre - range[0]) / (range[1] - range[0]) : 0.5;
  const low = Math.min(Math.max(centre - share * width, limits[0]), limits[1] - width);
  return [low, low + width];
}
