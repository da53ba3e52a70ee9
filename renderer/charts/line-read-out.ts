import type { ChartTable } from './chart-frame.ts';
import { lowerBound, nearestPoint } from './downsample.ts';
import type { LineSeries } from './line-series.ts';
import { extent, union, type Range } from './ranges.ts';
import { styleOf } from './series-style.ts';

type Points = Pick<LineSeries, 'x' | 'y'>;

/** Value nearest to `x`, or of a line of steps the one that holds there; the newest where `x` is null. Null: none. */
export function valueNear(
  { x: xs, y: ys, ...series }: Points & Partial<Pick<LineSeries, 'role' | 'steps'>>,
  x: number | null,
): number | null {
  const steps = isStepped(series);
  let at: number;
  if (x === null) at = nearestPoint(xs, ys, Infinity);
  else if (steps) {
    at = lowerBound(xs, x);
    if (at === xs.length || xs[at]! > x) at--;
    while (at >= 0 && Number.isNaN(ys[at]!)) at--;
  } else at = nearestPoint(xs, ys, x);
  return at < 0 ? null : ys[at]!;
}

/**
 * Where keys move the cursor and what the table lists: the points of the series that has the fewest, as epochs beside single
 * steps, but not those of a line that only rises now and then; at most `most`, evenly taken.
 */
export function anchorsOf(
  series: readonly (Points & Partial<Pick<LineSeries, 'role' | 'steps'>>)[],
  most = 500,
): number[] {
  const all = series.filter(({ x }) => x.length > 0);
  const running = all.filter((line) => !isStepped(line));
  const filled = running.length > 0 ? running : all;
  if (filled.length === 0) return [];
  const { x } = filled.reduce((fewest, line) => (line.x.length < fewest.x.length ? line : fewest));
  if (x.length <= most) return [...x];
  return Array.from({ length: most }, (_, i) => x[Math.round((i * (x.length - 1)) / (most - 1))]!);
}

function isStepped({ role, steps }: Partial<Pick<LineSeries, 'role' | 'steps'>>): boolean {
  return steps ?? (role !== undefined && styleOf(role).steps);
}

export function rowsOf(
  series: readonly LineSeries[],
  nameX: string,
  formatX: (value: number) => string,
  formatY: (value: number) => string,
): ChartTable {
  const cell = (line: LineSeries, x: number): string => {
    const value = valueNear(line, x);
    return value === null ? '–' : formatY(value);
  };
  return {
    columns: [nameX, ...series.map(({ label }) => label)],
    rows: anchorsOf(series).map((x) => [formatX(x), ...series.map((line) => cell(line, x))]),
  };
}

/** First and last x of all series; [0, 1] where there are none. */
export function rangeOfX(series: readonly Points[]): Range {
  let range: Range | null = null;
  for (const { x } of series) if (x.length > 0) range = union(range, [x[0]!, x[x.length - 1]!]);
  if (!range) return [0, 1];
  return range[0] < range[1] ? range : [range[0] - 0.5, range[1] + 0.5];
}

/** Smallest and largest y among the points inside `shown` and the next one on each side. */
export function rangeOfY(series: readonly Points[], shown: Range): Range | null {
  let range: Range | null = null;
  for (const { x, y } of series) {
    const from = Math.max(0, lowerBound(x, shown[0]) - 1);
    const to = Math.min(x.length, lowerBound(x, shown[1]) + 1);
    range = union(range, extent(y, from, to));
  }
  return range;
}
