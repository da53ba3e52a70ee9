/**
 * Features of n pictures: float32 [n, featureSize] row-major, or a function that gives rows [start, end) of it, for
 * features on disk that should not all be in memory.
 */
export type Features = Float32Array | ((start: number, end: number) => Float32Array | Promise<Float32Array>);

/** Rows looked at together: 10 MB at 1280 features. */
export const rowsAtOnce = 2048;

/** Calls `visit` with consecutive parts of the n rows. */
export async function forEachPart(
  features: Features,
  n: number,
  visit: (rows: Float32Array, start: number, end: number) => void,
): Promise<void> {
  for (let start = 0; start < n; start += rowsAtOnce) {
    const end = Math.min(n, start + rowsAtOnce);
    if (features instanceof Float32Array) {
      const featureSize = features.length / n;
      visit(features.subarray(start * featureSize, end * featureSize), start, end);
    } else {
      visit(await features(start, end), start, end);
    }
  }
}
