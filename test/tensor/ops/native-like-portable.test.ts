import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sizeOf } from '../../../src/base/size-of.ts';
import { batchNormInference, batchNormTraining } from '../../../src/tensor/ops/batch-norm.ts';
import { hardSwish, relu, relu6, sigmoid } from '../../../src/tensor/ops/activation.ts';
import { adjustHue, hsvToRgb, rgbToHsv } from '../../../src/tensor/ops/colour.ts';
import { conv2d, depthwiseConv2d, dilatedFilter, groupedConv2d } from '../../../src/tensor/ops/conv2d.ts';
import { avgPool, globalAveragePool, maxPool } from '../../../src/tensor/ops/pool.ts';
import { uint8Tensor, uint8ToFloat } from '../../../src/tensor/ops/uint8.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../../../src/tensor/tf.ts';
import { expectClose, expectNativeLikePortable } from '../../support/gradients.ts';
import { createRandom } from '../../support/random-values.ts';

const random = createRandom(1);
const normal = <T extends Tensor>(...shape: number[]): T => tf.tensor(random.normal(sizeOf(shape)), shape) as T;
const uniform = <T extends Tensor>(low: number, high: number, ...shape: number[]): T =>
  tf.tensor(random.uniform(sizeOf(shape), low, high), shape) as T;

beforeAll(async () => {
  expect((await loadRuntime()).kind).toBe('native');
});
beforeEach(() => tf.engine().startScope());
afterEach(() => tf.engine().endScope());

describe('native ops equal their portable definitions, and their gradients are slopes', () => {
  for (const [stride, padding, kernel] of [
    [2, 2, 5],
    [1, 1, 3],
    [2, 1, 3],
    [2, 3, 7],
    [1, 0, 1],
    [2, 0, 1],
    [1, 'same', 3],
    [2, 'same', 3],
    [2, 'same', 5],
  ] as const) {
    it(`convolution ${kernel}×${kernel}, stride ${stride}, padding ${padding}`, () => {
      const fn = (x: Tensor, w: Tensor) => conv2d(x as Tensor4D, w as Tensor4D, { stride, padding });
      expectNativeLikePortable({ inputs: [normal(2, 9, 8, 3), normal(kernel, kernel, 3, 4)], fn, tolerance: 1e-4 });
    });
    it(`depthwise convolution ${kernel}×${kernel}, stride ${stride}, padding ${padding}`, () => {
      const fn = (x: Tensor, w: Tensor) => depthwiseConv2d(x as Tensor4D, w as Tensor4D, { stride, padding });
      for (const height of [8, 9])
        expectNativeLikePortable({
          inputs: [normal(2, height, 8, 3), normal(kernel, kernel, 3, 1)],
          fn,
          tolerance: 1e-4,
        });
    });
  }

  for (const output of ['y', 'mean', 'variance'] as const) {
    it(`batch normalisation by the batch's statistics: ${output}`, () => {
      const fn = (x: Tensor, scale: Tensor, shift: Tensor) =>
        batchNormTraining(x as Tensor4D, scale as Tensor1D, shift as Tensor1D, 1e-3)[output];
      const inputs = [tf.add(tf.mul(normal(2, 4, 5, 3), 2), 1), normal(3), normal(3)];
      if (output === 'y') expectNativeLikePortable({ inputs, fn, tolerance: 1e-4 });
      else expectNativeLikePortable({ inputs, fn, differentiable: 0 });
    });
  }

  it('batch normalisation by given statistics', () => {
    const fn = (...[x, scale, shift, mean, variance]: Tensor[]) =>
      batchNormInference(
        x as Tensor4D,
        scale as Tensor1D,
        shift as Tensor1D,
        { mean: mean as Tensor1D, variance: variance as Tensor1D },
        1e-3,
      );
    expectNativeLikePortable({
      inputs: [normal(2, 4, 5, 3), normal(3), normal(3), normal(3), uniform(0.5, 2, 3)],
      fn,
      differentiable: 3,
      tolerance: 1e-4,
    });
  });

  it.each([
    ['relu', relu, [-3, -0.5, 0.4, 2, 7]],
    ['relu6', relu6, [-3, -0.5, 0.4, 2, 5.5, 6.5, 9]],
    ['hardSwish', hardSwish, [-4, -2.5, -1, 0.3, 2.5, 3.5]],
    ['sigmoid', sigmoid, [-4, -1, 0, 0.3, 5]],
  ] as const)('%s', (_name, fn, points) => {
    expectNativeLikePortable({ inputs: [tf.tensor1d([...points])], fn: (x) => fn(x) });
  });

  for (const [kernelSize, stride, padding, ceilMode] of [
    [3, 2, 1, false],
    [3, 2, 0, true],
    [2, 2, 0, false],
    [2, 2, 0, true],
    [3, 2, 1, true],
    [3, 2, 'same', false],
  ] as const) {
    const options = { kernelSize, stride, padding, ceilMode };
    it(`max pooling ${JSON.stringify(options)}`, () => {
      expectNativeLikePortable({
        inputs: [normal(2, 7, 8, 3)],
        fn: (x) => maxPool(x as Tensor4D, options),
        step: 1e-4,
        numericTolerance: 5e-2,
      });
    });
    it(`average pooling ${JSON.stringify(options)}`, () => {
      expectNativeLikePortable({ inputs: [normal(2, 7, 8, 3)], fn: (x) => avgPool(x as Tensor4D, options) });
    });
  }

  it('global average pooling', () => {
    expectNativeLikePortable({ inputs: [normal(2, 4, 5, 3)], fn: (x) => globalAveragePool(x as Tensor4D) });
  });

  it('colours', () => {
    const images = uniform<Tensor4D>(0, 1, 2, 4, 5, 3);
    const factors = tf.tensor4d([0.3, 1.4], [2, 1, 1, 1]);
    for (const fn of [rgbToHsv, (x: Tensor4D) => hsvToRgb(rgbToHsv(x)), adjustHue]) {
      expectNativeLikePortable({
        inputs: [images],
        fn: (x) => fn(x as Tensor4D, factors),
        differentiable: 0,
        tolerance: 1e-4,
      });
    }
    expectClose(hsvToRgb(rgbToHsv(images)), images, 1e-5);
  });

  it('bytes become numbers from 0 to 255', () => {
    const bytes = Uint8Array.from([0, 1, 127, 128, 255, 3]);
    expect([...uint8ToFloat(uint8Tensor(bytes, [2, 3])).dataSync()]).toEqual([...bytes]);
  });
});

describe('convolutions made of other ops equal their portable definitions, and their gradients are slopes', () => {
  it('a grouped convolution', () => {
    const options = { stride: [2, 1], padding: [1, 0] } as const;
    expectNativeLikePortable({
      inputs: [normal(2, 7, 8, 6), normal(3, 2, 3, 4)],
      fn: (x, filter) => groupedConv2d(x as Tensor4D, filter as Tensor4D, 2, options),
    });
  });

  it('a depthwise convolution with a stride of its own for each axis', () => {
    const options = { stride: [2, 1], padding: 'same' } as const;
    expectNativeLikePortable({
      inputs: [normal(2, 7, 8, 3), normal(3, 3, 3, 1)],
      fn: (x, filter) => depthwiseConv2d(x as Tensor4D, filter as Tensor4D, options),
    });
  });

  it('a dilated convolution, as TensorFlow itself has it', () => {
    const [x, filter] = [normal<Tensor4D>(2, 9, 8, 3), normal<Tensor4D>(3, 2, 3, 4)];
    const fn = (image: Tensor, weights: Tensor) =>
      conv2d(image as Tensor4D, dilatedFilter(weights as Tensor4D, [2, 3]), { stride: 1, padding: 0 });
    expectNativeLikePortable({ inputs: [x, filter], fn });
    expectClose(fn(x, filter), tf.conv2d(x, filter, 1, 'valid', 'NHWC', [2, 3]), 1e-5);
  });
});
