import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/tensor/compile.ts';
import { biasedDepthwiseConv2d } from '../../src/tensor/ops/conv2d.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor1D, type Tensor4D } from '../../src/tensor/tf.ts';
import { createRandom } from '../support/random-values.ts';

beforeAll(async () => {
  expect((await loadRuntime()).kind).toBe('native');
});

const [rows, side, channels] = [2, 8, 6];

/** torch's depthwise convolution of 3 × 3 with a margin of one pixel, a loop over everything. NHWC. */
function byHand(x: readonly number[], filter: readonly number[], bias: readonly number[], stride: number): number[] {
  const out = Math.floor((side - 1) / stride) + 1;
  const result: number[] = [];
  for (let n = 0; n < rows; n++)
    for (let i = 0; i < out; i++)
      for (let j = 0; j < out; j++)
        for (let c = 0; c < channels; c++) {
          let sum = bias[c]!;
          for (let di = 0; di < 3; di++)
            for (let dj = 0; dj < 3; dj++) {
              const [y, z] = [i * stride + di - 1, j * stride + dj - 1];
              if (y < 0 || z < 0 || y >= side || z >= side) continue;
              sum += x[((n * side + y) * side + z) * channels + c]! * filter[(di * 3 + dj) * channels + c]!;
            }
          result.push(sum);
        }
  return result;
}

describe('a depthwise convolution with a bias', () => {
  // Compiled, TensorFlow fuses both; with a stride of 2 the margins are not those of SAME, and its fused kernel ended the process.
  it.each([1, 2])('is right when it is compiled, with a stride of %i', (stride) => {
    const random = createRandom(5);
    const [x, filter, bias] = [rows * side * side * channels, 9 * channels, channels].map((n) =>
      Array.from(Float32Array.from(random.normal(n))),
    ) as [number[], number[], number[]];
    const inputs = { x: tf.tensor4d(x, [rows, side, side, channels]) };
    const compiled = compile({
      name: 'depthwise',
      inputs,
      constants: { filter: tf.tensor4d(filter, [3, 3, channels, 1]), bias: tf.tensor1d(bias) },
      fn: (given, constants: { filter: Tensor4D; bias: Tensor1D }) => ({
        y: biasedDepthwiseConv2d(given.x, constants.filter, constants.bias, { stride, padding: 1 }),
      }),
    });
    const received = [...compiled.run(inputs).y.dataSync()];
    compiled.dispose();
    const expected = byHand(x, filter, bias, stride);
    expect(received).toHaveLength(expected.length);
    received.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 4));
  });
});
