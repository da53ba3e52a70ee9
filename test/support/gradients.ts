import { expect } from 'vitest';
import { createRandom } from './random-values.ts';
import { withPortableOps } from '../../src/tensor/native.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';

export interface GradientCase {
  /** Points at which the op is smooth enough. */
  readonly inputs: readonly Tensor[];
  readonly fn: (...inputs: Tensor[]) => Tensor;
  /** Largest difference between the native and the portable definition, relative to the largest value. */
  readonly tolerance?: number;
  /** Step of the central difference. */
  readonly step?: number;
  /** Largest relative error of the central difference, in float32. */
  readonly numericTolerance?: number;
  /** How many of the inputs have gradients; default all. */
  readonly differentiable?: number;
}

/**
 * Expects that the native op and its portable definition agree in value and in every gradient, and that the gradient is
 * the slope: along a random direction it equals the central difference of Σ y·r with fixed random r.
 */
export function expectNativeLikePortable({
  inputs,
  fn,
  tolerance = 1e-5,
  step = 1e-2,
  numericTolerance = 2e-2,
  differentiable = inputs.length,
}: GradientCase): void {
  tf.tidy(() => {
    const fixed = inputs.slice(differentiable);
    const call = (...moving: Tensor[]) => fn(...moving, ...fixed);
    const moving = inputs.slice(0, differentiable);
    const native = call(...moving);
    const portable = withPortableOps(() => call(...moving));
    expect(native.shape).toEqual(portable.shape);
    expectClose(native, portable, tolerance);
    if (differentiable === 0) return;
    const random = createRandom(7);
    const weights = tf.tensor(random.normal(native.size), native.shape);
    const gradients = tf.grads((...args: Tensor[]) => tf.sum(tf.mul(call(...args), weights)));
    const nativeGradients = gradients([...moving]);
    withPortableOps(() => gradients([...moving])).forEach((gradient, index) =>
      expectClose(nativeGradients[index]!, gradient, tolerance * 10),
    );
    moving.forEach((input, index) => {
      const direction = tf.tensor(random.normal(input.size), input.shape);
      const at = (sign: number) => {
        const moved = moving.map((tensor, position) =>
          position === index ? tf.add(tensor, tf.mul(direction, sign * step)) : tensor,
        );
        return dot(call(...moved), weights);
      };
      const numeric = (at(1) - at(-1)) / (2 * step);
      const analytic = dot(nativeGradients[index]!, direction);
      const scale = Math.sqrt(dot(nativeGradients[index]!, nativeGradients[index]!)) + 1e-3;
      expect(
        Math.abs(numeric - analytic) / scale,
        `input ${index}: slope ${numeric}, gradient ${analytic}`,
      ).toBeLessThan(numericTolerance);
    });
  });
}

/** Expects |a − b| ≤ tolerance · max(1, max |b|) everywhere. */
export function expectClose(a: Tensor, b: Tensor, tolerance: number): void {
  const left = values(a);
  const right = values(b);
  const scale = right.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  let worst = 0;
  left.forEach((value, index) => (worst = Math.max(worst, Math.abs(value - right[index]!))));
  expect(worst).toBeLessThanOrEqual(tolerance * scale);
}

/** In float64, so that the sum adds no error of its own. */
function dot(a: Tensor, b: Tensor): number {
  const right = values(b);
  return values(a).reduce((sum, value, index) => sum + value * right[index]!, 0);
}

function values(tensor: Tensor): number[] {
  return Array.from(tensor.dataSync());
}
