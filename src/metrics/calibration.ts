import { argmaxOfRow, classesOf, type Probabilities } from './probabilities.ts';

export interface CalibrationBin {
  /** Confidences in (low, high]. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  /** Means over the bin's pictures; 0 for an empty bin. */
  readonly confidence: number;
  readonly accuracy: number;
}

/** Pictures by the probability of their predicted class, in `bins` bins of equal width: the reliability diagram. */
export function calibrationBins(probabilities: Probabilities, labels: ArrayLike<number>, bins = 15): CalibrationBin[] {
  const classes = classesOf(probabilities, labels.length);
  const counts = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const hits = new Float64Array(bins);
  for (let row = 0; row < labels.length; row++) {
    const predicted = argmaxOfRow(probabilities, row, classes);
    const confidence = probabilities[row * classes + predicted]!;
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    counts[bin]! += 1;
    confidences[bin]! += confidence;
    if (predicted === labels[row]) hits[bin]! += 1;
  }
  return Array.from(counts, (n, i) => ({
    low: i / bins,
    high: (i + 1) / bins,
    n,
    confidence: n === 0 ? 0 : confidences[i]! / n,
    accuracy: n === 0 ? 0 : hits[i]! / n,
  }));
}

/**
 * Expected calibration error (Guo et al. 2017, arXiv 1706.04599, equation 3): the mean distance between confidence and
 * accuracy over the bins, weighted by their pictures. 0: a network that says 80 % is right in 80 % of such cases.
 */
export function expectedCalibrationError(probabilities: Probabilities, labels: ArrayLike<number>, bins = 15): number {
  let error = 0;
  for (const bin of calibrationBins(probabilities, labels, bins)) {
    error += (bin.n / labels.length) * Math.abs(bin.accuracy - bin.confidence);
  }
  return labels.length === 0 ? 0 : error;
}
