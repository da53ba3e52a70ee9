/** What a curve did, for a sentence about it. x in the unit of the axis. */
export interface Trend {
  readonly direction: 'rose' | 'fell' | 'stayed';
  readonly first: number;
  readonly last: number;
  readonly best: number;
  readonly bestAt: number;
  readonly lastAt: number;
}

/** `better`: which end is good. `tolerance`: a smaller change than this counts as none. Null where there is no value. */
export function trendOf(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  better: 'high' | 'low',
  tolerance = 0,
): Trend | null {
  let first = -1;
  let last = -1;
  let best = -1;
  for (let i = 0; i < y.length; i++) {
    if (!Number.isFinite(y[i]!)) continue;
    if (first < 0) first = i;
    last = i;
    if (best < 0 || (better === 'high' ? y[i]! > y[best]! : y[i]! < y[best]!)) best = i;
  }
  if (first < 0) return null;
  const change = y[last]! - y[first]!;
  return {
    direction: Math.abs(change) <= tolerance ? 'stayed' : change > 0 ? 'rose' : 'fell',
    first: y[first]!,
    last: y[last]!,
    best: y[best]!,
    bestAt: x[best]!,
    lastAt: x[last]!,
  };
}
