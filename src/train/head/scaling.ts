import type { Head } from './head.ts';
import { forEachPart, type Features } from './features.ts';

/**
 * z = (x − mean) / scale. Centring moves the optimum of nothing but the bias, which is not penalised, and one scale for
 * all features turns λ into λ/scale² exactly, so the problem solved is the one that was posed, only better conditioned.
 */
export interface Scaling {
  /** float64 [featureSize]. */
  readonly mean: Float64Array;
  /** Root mean square of the centred features; 1 where all rows are equal but for rounding. */
  readonly scale: number;
}

export async function scalingOf(features: Features, n: number): Promise<Scaling> {
  let mean = new Float64Array(0);
  await forEachPart(features, n, (rows, start, end) => {
    if (start === 0) mean = new Float64Array(rows.length / end);
    for (let i = 0; i < rows.length; i++) mean[i % mean.length]! += rows[i]! / n;
  });
  let squares = 0;
  await forEachPart(features, n, (rows) => {
    for (let i = 0; i < rows.length; i++) squares += (rows[i]! - mean[i % mean.length]!) ** 2;
  });
  const scale = Math.sqrt(squares / (n * mean.length));
  const size = Math.max(...mean.map(Math.abs));
  return { mean, scale: scale > 1e-9 * size ? scale : 1 };
}

/** A point of the minimiser: float64 [classes · (featureSize + 1)], each class its weights on z, then its bias. */
export function toHead(point: Float64Array, scaling: Scaling, classes: number): Head {
  const d = scaling.mean.length;
  const weight = new Float32Array(classes * d);
  const bias = new Float32Array(classes);
  for (let k = 0; k < classes; k++) {
    const start = k * (d + 1);
    let shift = point[start + d]!;
    for (let c = 0; c < d; c++) {
      const w = point[start + c]! / scaling.scale;
      weight[k * d + c] = w;
      shift -= w * scaling.mean[c]!;
    }
    bias[k] = shift;
  }
  return { weight, bias };
}

/** Inverse of `toHead`. */
export function toPoint(head: Head, scaling: Scaling): Float64Array {
  const d = scaling.mean.length;
  const point = new Float64Array(head.bias.length * (d + 1));
  head.bias.forEach((bias, k) => {
    const start = k * (d + 1);
    let shift = bias;
    for (let c = 0; c < d; c++) {
      const w = head.weight[k * d + c]!;
      point[start + c] = w * scaling.scale;
      shift += w * scaling.mean[c]!;
    }
    point[start + d] = shift;
  });
  return point;
}
