/**
 * Exponential moving average without the bias towards its start (Kingma & Ba 2015, arXiv 1412.6980, section 3): the first value
 * is itself. `weight` in [0, 1): how much of the past stays; 0 changes nothing. NaN stays NaN and is passed over.
 */
export function smoothed(values: ArrayLike<number>, weight: number): Float64Array {
  const out = new Float64Array(values.length);
  let mean = 0;
  let past = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (Number.isFinite(value)) {
      mean = weight * mean + (1 - weight) * value;
      past *= weight;
      out[i] = mean / (1 - past);
    } else out[i] = value;
  }
  return out;
}
