/** Where the dots of an export's check stand. All pure; shares of width and height, 0 at the left and at the limit line. */
export interface SealDot {
  readonly x: number;
  readonly y: number;
  /** It is the largest difference. */
  readonly worst: boolean;
}

/** Differences below this count as none: float32 has about seven digits. */
const nothing = 1e-9;

/**
 * One dot a picture, in the order they were run, as far under the line as its difference is below the limit, on a logarithmic
 * scale. Without a limit the largest difference stands just under the line.
 */
export function sealDots(differences: readonly number[], limit: number | null): SealDot[] {
  const largest = Math.max(nothing, ...differences);
  const top = Math.log10(limit ?? largest * 1.5);
  const bottom = Math.min(Math.log10(nothing), top - 1);
  const worst = differences.indexOf(Math.max(...differences));
  return differences.map((difference, i) => ({
    x: (i + 0.5) / differences.length,
    y: Math.min(1, Math.max(0, (top - Math.log10(Math.max(nothing, difference))) / (top - bottom))),
    worst: i === worst,
  }));
}
