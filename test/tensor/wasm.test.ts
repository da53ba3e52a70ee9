import { beforeAll, describe, expect, it } from 'vitest';
import { compile, compileStep } from '../../src/tensor/compile.ts';
import { relu6 } from '../../src/tensor/ops/activation.ts';
import { batchNormInference } from '../../src/tensor/ops/batch-norm.ts';
import { conv2d, depthwiseConv2d } from '../../src/tensor/ops/conv2d.ts';
import { crossEntropy } from '../../src/train/losses/cross-entropy.ts';
import { avgPool, globalAveragePool, maxPool } from '../../src/tensor/ops/pool.ts';
import { statelessUniform } from '../../src/tensor/ops/random.ts';
import { uint8Tensor, uint8ToFloat } from '../../src/tensor/ops/uint8.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor, type Tensor2D } from '../../src/tensor/tf.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';

const values = (tensor: Tensor): number[] => Array.from(tensor.dataSync());

describe('the WASM back end', () => {
  beforeAll(async () => {
    process.env['ANNEAL_RUNTIME'] = 'wasm';
    const runtime = await loadRuntime({ threads: 1 });
    expect(runtime.kind).toBe('wasm');
    expect(runtime.reason).toContain('ANNEAL_RUNTIME');
  });

  it('computes a small network forward', () => {
    const features = tf.tidy(() => {
      const x = uint8ToFloat(
        uint8Tensor(
          Uint8Array.from({ length: 32 }, (_, i) => i),
          [1, 4, 4, 2],
        ),
      );
      const identity = tf.tensor4d([1, 0, 0, 1], [1, 1, 2, 2]);
      const y = conv2d(x as never, identity, { stride: 1, padding: 0 });
      const ones = tf.ones([3, 3, 2, 1]) as never;
      const sums = depthwiseConv2d(y, ones, { stride: 2, padding: 1 });
      const [scale, zero, one] = [tf.tensor1d([0.01, 0.01]), tf.tensor1d([0, 0]), tf.tensor1d([1, 1])];
      const norm = relu6(batchNormInference(sums, scale, zero, { mean: zero, variance: one }, 0));
      return [
        globalAveragePool(norm),
        maxPool(norm, { kernelSize: 2, stride: 1, padding: 0 }),
        avgPool(norm, { kernelSize: 2, stride: 1, padding: 0 }),
      ].map(values);
    });
    // Sums of 3 × 3 windows of 0, 2, 4, … around the four strided centres, times 0.01.
    const even = [
      0 + 2 + 8 + 10,
      2 + 4 + 6 + 10 + 12 + 14,
      8 + 10 + 16 + 18 + 24 + 26,
      10 + 12 + 14 + 18 + 20 + 22 + 26 + 28 + 30,
    ];
    const mean = even.reduce((a, b) => a + b, 0) / 400;
    expect(features[0]![0]).toBeCloseTo(mean, 4);
    expect(features[1]![0]).toBeCloseTo(Math.max(...even) / 100, 4);
    expect(features[2]![0]).toBeCloseTo(mean, 4);
  });

  it('trains a head through the same interface as a compiled step', async () => {
    await expectNoTensorLeak(() => {
      const state = { w: tf.zeros([2, 2]), unused: tf.scalar(5) };
      const inputs = { x: tf.tensor2d([1, 0, 0, 1], [2, 2]), targets: tf.tensor2d([1, 0, 0, 1], [2, 2]) };
      const step = compileStep({
        name: 'head',
        state,
        inputs,
        step(old, { x, targets }) {
          const loss = (w: Tensor) => crossEntropy(tf.matMul(x, w as Tensor2D), targets, tf.scalar(targets.shape[0]));
          const { value, grad } = tf.valueAndGrad(loss)(old['w']!);
          return { state: { w: tf.sub(old['w']!, grad) }, outputs: { loss: value } };
        },
      });
      expect(step.graph).toBeNull();
      const losses = Array.from({ length: 3 }, () => tf.tidy(() => values(step.run(inputs).loss)[0]!));
      expect(losses[0]).toBeCloseTo(Math.LN2, 5);
      expect(losses[2]!).toBeLessThan(losses[1]!);
      const read = step.readState();
      // p = ½: the gradient of the mean over two rows is ∓¼.
      step.writeState({ w: state.w });
      tf.dispose(step.run(inputs));
      expect(tf.tidy(() => values(step.readState(['w'])['w']!))).toEqual([0.25, -0.25, -0.25, 0.25]);
      step.dispose();
      tf.dispose([state, inputs, read]);
    });
  });

  it('runs a compiled function eagerly, and has no graph of it', () => {
    const x = tf.tensor1d([1, 2]);
    const compiled = compile({
      name: 'double',
      inputs: { x },
      fn: (inputs) => ({ y: tf.mul(inputs.x, 2), x: inputs.x }),
    });
    expect(values(compiled.run({ x: tf.tensor1d([3, 4]) }).y)).toEqual([6, 8]);
    expect(() => compiled.graph).toThrow(/traceNeedsNative/);
    expect(() => compiled.run({ x: tf.tensor1d([3]) })).toThrow(/inputMismatch/);
    compiled.dispose();
  });

  it('draws by seed', () => {
    const draw = (...seed: number[]) => values(statelessUniform([100], tf.tensor1d(seed, 'int32')));
    expect(draw(1, 2)).toEqual(draw(1, 2));
    expect(draw(1, 2)).not.toEqual(draw(1, 3));
    expect(draw(5, 6).every((value) => value >= 0 && value < 1)).toBe(true);
  });
});
