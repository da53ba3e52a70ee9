/** Points to draw: `x` ascending, `y` NaN where the line breaks. */
export interface Polyline {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * At most four points for each pixel column: the first, the lowest, the highest and the last, in their order. Drawn, the line
 * covers the same pixels as all points would, peaks of a single step included.
 *
 * x: ascending, [n]; y: [n], NaN breaks the line. Of both the points from index `from` up to `to` (not included) are taken.
 * `columns`: width of the plot in pixels.
 */
export function minMaxColumns(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  columns: number,
  from = 0,
  to = x.length,
): Polyline {
  const n = to - from;
  if (n <= 4 * columns) return copy(x, y, from, to);
  const outX = new Float64Array(5 * columns + 5);
  const outY = new Float64Array(5 * columns + 5);
  const start = x[from]!;
  const perColumn = (x[to - 1]! - start) / columns || 1;
  let size = 0;
  let i = from;
  for (let column = 0; column < columns && i < to; column++) {
    const end = column === columns - 1 ? Infinity : start + (column + 1) * perColumn;
    const first = i;
    let lowest = -1;
    let highest = -1;
    let gap = -1;
    for (; i < to && x[i]! < end; i++) {
      const value = y[i]!;
      if (value !== value) gap = i;
      else {
        if (lowest < 0 || value < y[lowest]!) lowest = i;
        if (highest < 0 || value > y[highest]!) highest = i;
      }
    }
    if (i === first) continue;
    // Five numbers in order, equal ones once; -1 (nothing found) is skipped.
    const a = Math.min(lowest, highest);
    const b = Math.max(lowest, highest);
    let last = -1;
    for (const index of gap < 0 ? [first, a, b, i - 1] : [first, a, gap, b, i - 1].sort((p, q) => p - q)) {
      if (index <= last) continue;
      outX[size] = x[index]!;
      outY[size++] = y[index]!;
      last = index;
    }
  }
  return { x: outX.subarray(0, size), y: outY.subarray(0, size) };
}

function copy(x: ArrayLike<number>, y: ArrayLike<number>, from: number, to: number): Polyline {
  const outX = new Float64Array(to - from);
  const outY = new Float64Array(to - from);
  for (let i = from; i < to; i++) {
    outX[i - from] = x[i]!;
    outY[i - from] = y[i]!;
  }
  return { x: outX, y: outY };
}

/** Index of the first element that is not below `value`, in ascending `x`; `x.length` when all are below. */
export function lowerBound(x: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of the point whose x is nearest, among those with a y; -1 where there is none. */
export function nearestPoint(x: ArrayLike<number>, y: ArrayLike<number>, value: number): number {
  const at = lowerBound(x, value);
  let left = at - 1;
  let right = at;
  while (left >= 0 && Number.isNaN(y[left]!)) left--;
  while (right < x.length && Number.isNaN(y[right]!)) right++;
  if (left < 0) return right < x.length ? right : -1;
  if (right >= x.length) return left;
  return value - x[left]! <= x[right]! - value ? left : right;
}
