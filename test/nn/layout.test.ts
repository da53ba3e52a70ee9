import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { ParamRole, ParamSpec } from '../../src/models/net-spec.ts';
import { fromRuntimeLayout, runtimeShape, toRuntimeLayout } from '../../src/nn/layout.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';

beforeAll(async () => {
  await loadRuntime();
});

const side = fc.integer({ min: 1, max: 5 });
const anyParam: fc.Arbitrary<ParamSpec> = fc.oneof(
  fc.tuple(side, side, side, side).map((shape) => param('convWeight', shape)),
  fc.tuple(side, side, side).map(([channels, h, w]) => param('depthwiseWeight', [channels, 1, h, w])),
  fc.tuple(side, side).map((shape) => param('linearWeight', shape)),
  side.map((channels) => param('normScale', [channels])),
);

function param(role: ParamRole, shape: readonly number[]): ParamSpec {
  return { name: 'p', role, shape };
}

/** 0, 1, 2, …: every element tells where it came from. */
function counting(spec: ParamSpec): Float32Array {
  return Float32Array.from({ length: spec.shape.reduce((product, n) => product * n, 1) }, (_, i) => i);
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
  const axes = { convWeight: [2, 3, 1, 0], depthwiseWeight: [2, 3, 0, 1], linearWeight: [1, 0] };
  fc.assert(
    fc.property(anyParam, (spec) => {
      if (!(spec.role in axes)) return;
      tf.tidy(() => {
        const torch: Tensor = tf.tensor(counting(spec), [...spec.shape]);
        const expected = tf.transpose(torch, axes[spec.role as keyof typeof axes]);
        expect(toRuntimeLayout(spec, counting(spec)).dataSync()).toEqual(expected.dataSync());
      });
    }),
  );
});

it('never shares memory with what it was given', () => {
  const data = Float32Array.of(1, 2);
  const tensor = toRuntimeLayout(param('bias', [2]), data);
  data.fill(9);
  expect([...fromRuntimeLayout(param('bias', [2]), tensor)]).toEqual([1, 2]);
  tensor.dispose();
});
