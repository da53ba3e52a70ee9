import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { biasParam, convolutionWeight, linearWeight, normScale, type ParamSpec } from '../../src/models/param-spec.ts';
import { fromRuntimeLayout, runtimeShape, toRuntimeLayout } from '../../src/nn/layout.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';

beforeAll(async () => {
  await loadRuntime();
});

const side = fc.integer({ min: 1, max: 5 });
const anyParam: fc.Arbitrary<ParamSpec> = fc.oneof(
  fc.tuple(side, side, side, side).map((shape) => convolutionWeight('convolution', shape, 1)),
  fc
    .tuple(side, side, side)
    .map(([channels, h, w]) => convolutionWeight('depthwise', [channels + 1, 1, h, w], channels + 1)),
  fc.tuple(side, side).map(([out, inputs]) => linearWeight('linear', out, inputs)),
  side.map((channels) => normScale('scale', channels)),
  // A table of tokens keeps its layout, and so does a scalar.
  fc.tuple(side, side, side, side, side).map((shape) => table(shape)),
  fc.constant(table([])),
);

function table(shape: readonly number[]): ParamSpec {
  const axes = shape.map((_, axis) => axis);
  const init = { kind: 'normal', deviation: 0.02 } as const;
  return { name: 'table', shape, axes, outAxis: null, inAxis: null, init, trains: true, decays: false };
}

/** 0, 1, 2, …: every element tells where it came from. */
function counting(spec: ParamSpec): Float32Array {
  return Float32Array.from({ length: sizeOf(spec.shape) }, (_, i) => i);
}

it("gives torch's order back after the runtime's, whatever the parameter", () => {
  fc.assert(
    fc.property(anyParam, (spec) => {
      const data = counting(spec);
      const tensor = toRuntimeLayout(spec, data);
      expect(tensor.shape).toEqual(runtimeShape(spec));
      expect(fromRuntimeLayout(spec, tensor)).toEqual(data);
      tensor.dispose();
    }),
  );
});

it("is TensorFlow's transposition", () => {
  const axes = { convolution: [2, 3, 1, 0], depthwise: [2, 3, 0, 1], linear: [1, 0] };
  fc.assert(
    fc.property(anyParam, (spec) => {
      if (!(spec.name in axes)) return;
      tf.tidy(() => {
        const torch: Tensor = tf.tensor(counting(spec), [...spec.shape]);
        const expected = tf.transpose(torch, axes[spec.name as keyof typeof axes]);
        expect(toRuntimeLayout(spec, counting(spec)).dataSync()).toEqual(expected.dataSync());
      });
    }),
  );
});

it('never shares memory with what it was given', () => {
  const data = Float32Array.of(1, 2);
  const tensor = toRuntimeLayout(biasParam('bias', 2), data);
  data.fill(9);
  expect([...fromRuntimeLayout(biasParam('bias', 2), tensor)]).toEqual([1, 2]);
  tensor.dispose();
});
