/** Colours of matrix cells: two scales of seven steps, each scaled to its own maximum. */
const heatSteps = 7;

/** 0: no fill. Else 1…7, equal parts of (0, largest]; anything above zero has at least the first step. */
export function heatStep(value: number, largest: number): number {
  if (!(value > 0) || !(largest > 0)) return 0;
  return Math.min(heatSteps, Math.max(1, Math.ceil((value / largest) * heatSteps - 1e-9)));
}

/** Steps 1–4 carry the first ink, 5–7 the second; see the table of tokens. */
export function inkOf(step: number): 1 | 2 {
  return step >= 5 ? 2 : 1;
}

/** Every cell of a square matrix as a share of its row's sum; a row without pictures stays 0. */
export function sharesOfRows(values: readonly (readonly number[])[]): number[][] {
  return values.map((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => (sum === 0 ? 0 : value / sum));
  });
}

/** Largest value on the diagonal and off it. */
export function largestOf(values: readonly (readonly number[])[]): { diagonal: number; off: number } {
  let diagonal = 0;
  let off = 0;
  values.forEach((row, r) =>
    row.forEach((value, c) => {
      if (r === c) diagonal = Math.max(diagonal, value);
      else off = Math.max(off, value);
    }),
  );
  return { diagonal, off };
}

export interface ConfusedPair {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Cells off the diagonal that are not zero, largest first, at most `most`. */
export function mostConfused(values: readonly (readonly number[])[], most = 20): ConfusedPair[] {
  const pairs: ConfusedPair[] = [];
  values.forEach((row, r) =>
    row.forEach((value, c) => {
      if (r !== c && value > 0) pairs.push({ row: r, column: c, value });
    }),
  );
  return pairs.sort((a, b) => b.value - a.value || a.row - b.row || a.column - b.column).slice(0, most);
}

/** What changed from one matrix to the next, cell by cell; null where they have different classes. */
export function changesOf(
  before: readonly (readonly number[])[],
  after: readonly (readonly number[])[],
): number[][] | null {
  if (before.length !== after.length) return null;
  return after.map((row, r) => row.map((value, c) => value - before[r]![c]!));
}
