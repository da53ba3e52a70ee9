import { beforeAll, describe, expect, it } from 'vitest';
import { buildNet } from '../../src/models/index.ts';
import type { ParamSpec } from '../../src/models/net-spec.ts';
import { initialise } from '../../src/nn/init.ts';
import { parametersToHost } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';

beforeAll(async () => {
  await loadRuntime();
});

function started(name: string, seed: number, classes?: number) {
  const spec = buildNet(name, classes === undefined ? {} : { classes });
  const tensors = initialise(spec, seed);
  const params = parametersToHost(spec, tensors);
  tf.dispose(tensors);
  return { spec, params };
}

function sameBits(a: Float32Array, b: Float32Array): boolean {
  return Buffer.from(a.buffer).equals(Buffer.from(b.buffer));
}

describe('initialise', () => {
  it('repeats for a seed, differs for another, and leaves the trunk alone when the head changes', () => {
    const first = started('resnet20', 1).params;
    const again = started('resnet20', 1).params;
    for (const [name, { data }] of Object.entries(first)) expect(sameBits(again[name]!.data, data)).toBe(true);
    expect(sameBits(started('resnet20', 2).params['conv1.weight']!.data, first['conv1.weight']!.data)).toBe(false);
    const deepest = 'layer3.2.conv2.weight';
    expect(sameBits(started('resnet20', 1, 3).params[deepest]!.data, first[deepest]!.data)).toBe(true);
    expect(sameBits(first['layer1.0.conv1.weight']!.data, first['layer1.0.conv2.weight']!.data)).toBe(false);
  });

  it('has the spread that the papers ask for', () => {
    const { spec, params } = started('mobilenet_v2', 5);
    const expected = (param: ParamSpec): number | null => {
      const [out, inner, h, w] = param.shape as [number, number, number, number];
      // One input channel a filter, in this network, is a depthwise one.
      if (param.shape.length === 4) return Math.sqrt(2 / ((inner === 1 ? 1 : out) * h * w));
      // Of a uniform distribution in ±1/√inner.
      return param.shape.length === 2 ? 1 / Math.sqrt(3 * inner) : null;
    };
    for (const param of spec.params) {
      const deviation = expected(param);
      if (deviation === null) continue;
      const { data } = params[param.name]!;
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      const square = data.reduce((sum, value) => sum + value * value, 0) / data.length;
      expect(Math.abs(mean)).toBeLessThan((5 * deviation) / Math.sqrt(data.length));
      expect(Math.abs(Math.sqrt(square) / deviation - 1)).toBeLessThan(5 / Math.sqrt(data.length));
    }
  });

  it('starts norms at the identity and biases at zero', () => {
    const { params } = started('resnet20', 1);
    expect(new Set(params['bn1.weight']!.data)).toEqual(new Set([1]));
    expect(new Set(params['bn1.running_var']!.data)).toEqual(new Set([1]));
    expect(new Set(params['bn1.bias']!.data)).toEqual(new Set([0]));
    expect(new Set(params['linear.bias']!.data)).toEqual(new Set([0]));
  });
});
