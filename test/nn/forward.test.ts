import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { foldNorm } from '../../src/models/fold-norm.ts';
import { buildNet } from '../../src/models/index.ts';
import { NetBuilder, torchNorm } from '../../src/models/net-builder.ts';
import { cutAt, subNet } from '../../src/models/rewrites.ts';
import { outputShapes } from '../../src/models/shapes.ts';
import { boundaryNode } from '../../src/models/spec-queries.ts';
import { foldParameters } from '../../src/nn/fold-parameters.ts';
import { forward } from '../../src/nn/forward.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { withPortableOps } from '../../src/tensor/native.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';
import { formulaImages, formulaStateDict } from '../support/formula-weights.ts';
import { largestError, l2Error } from '../support/parity.ts';

beforeAll(async () => {
  await loadRuntime();
});

const small = [
  ['tf_efficientnet_lite0', 64],
  ['mobilenet_v2', 64],
  ['squeezenet1_1', 68],
  ['resnet20', 32],
] as const;

function images(size: number): Tensor {
  return tf.tensor4d(formulaImages(2, size), [2, size, size, 3]);
}

function host(tensor: Tensor): number[] {
  return [...tensor.dataSync()];
}

describe('forward', () => {
  it.each(small)('to a boundary and on from there equals the whole: %s', (name, size) => {
    const spec = buildNet(name, { classes: 5 });
    const params = loadParameters(spec, formulaStateDict(spec));
    const whole = tf.tidy(() => host(forward(spec, params, images(size)).output));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: spec.groups.length - 1 }), fc.boolean(), (freezeTo, bySpec) => {
        const from = boundaryNode(spec, freezeTo);
        const joined = tf.tidy(() => {
          if (!bySpec) {
            const below = forward(spec, params, images(size), { to: from }).output;
            return host(forward(spec, params, below, { from }).output);
          }
          const below = forward(cutAt(spec, from), params, images(size)).output;
          return host(forward(subNet(spec, from, spec.head), params, below).output);
        });
        expect(joined).toEqual(whole);
      }),
      { numRuns: 3 },
    );
    tf.dispose(params);
  });

  it.each(small)('of the folded network equals the one with frozen norms: %s', (name, size) => {
    const spec = buildNet(name, { classes: 5 });
    tf.tidy(() => {
      const params = loadParameters(spec, formulaStateDict(spec));
      const folded = foldNorm(spec);
      const expected = host(forward(spec, params, images(size)).output);
      const actual = forward(folded.spec, foldParameters(folded.folds, params), images(size)).output;
      expect(largestError(host(actual), expected)).toBeLessThan(1e-5);
    });
  });

  it('gives taps, also such as lie beside the way to the output', () => {
    const spec = buildNet('squeezenet1_1', { classes: 5 });
    tf.tidy(() => {
      const params = loadParameters(spec, formulaStateDict(spec));
      const { output, taps } = forward(spec, params, images(68), { taps: [spec.feature, 'features.3.concat'] });
      expect(output.shape).toEqual([2, 5]);
      expect(taps[spec.feature]!.shape).toEqual([2, 512]);
      expect(taps['features.3.concat']!.shape).toEqual([2, 16, 16, 128]);
    });
  });

  it.each([
    ['squeezenet1_1', [63, 64, 65, 66, 67]],
    ['resnet20', [15, 16, 17]],
    ['tf_efficientnet_lite0', [49]],
  ] as const)('puts out the shapes that the description of %s says, at odd sizes too', (name, sizes) => {
    const spec = buildNet(name, { classes: 5 });
    const params = loadParameters(spec, formulaStateDict(spec));
    const nodes = spec.nodes.slice(1).map((node) => node.name);
    for (const size of sizes) {
      tf.tidy(() => {
        const shapes = outputShapes(spec, [size, size, 3]);
        const { taps } = forward(spec, params, images(size), { taps: nodes });
        for (const node of nodes) expect([node, taps[node]!.shape]).toEqual([node, [2, ...shapes.get(node)!]]);
      });
    }
    tf.dispose(params);
  });

  it('moves the statistics of exactly the norms in training mode', () => {
    const spec = buildNet('resnet20', { classes: 5 });
    tf.tidy(() => {
      const params = loadParameters(spec, formulaStateDict(spec));
      const { statistics } = forward(spec, params, images(32), {
        norm: (node) => (node.startsWith('layer3.2.') ? 'training' : 'frozen'),
      });
      expect(Object.keys(statistics).toSorted()).toEqual(
        ['bn1', 'bn2'].flatMap((bn) => [`layer3.2.${bn}.running_mean`, `layer3.2.${bn}.running_var`]),
      );
    });
  });

  it('agrees between native and portable operations', () => {
    const spec = buildNet('squeezenet1_1', { classes: 5 });
    tf.tidy(() => {
      const params = loadParameters(spec, formulaStateDict(spec));
      const expected = host(forward(spec, params, images(68)).output);
      const portable = withPortableOps(() => forward(spec, params, images(68)).output);
      expect(largestError(host(portable), expected)).toBeLessThan(1e-5);
    });
  });

  it('names a parameter that is not there', () => {
    const spec = buildNet('resnet20');
    expect(() => tf.tidy(() => forward(spec, {}, images(32)).output)).toThrow('conv1.weight');
  });
});

describe('batch norm over two values a channel', () => {
  interface NormOfTwo extends Record<string, number[]> {
    y: number[];
    dx: number[];
    dScale: number[];
    dShift: number[];
    runningMean: number[];
    runningVariance: number[];
  }
  const { normOfTwo } = JSON.parse(
    readFileSync(new URL('../fixtures/models/reference.json', import.meta.url), 'utf8'),
  ) as { normOfTwo: NormOfTwo };

  it("equals PyTorch: unbiased running variance, momentum's direction, gradients", () => {
    const net = new NetBuilder();
    net.group('head');
    const output = net.batchNorm('bn', net.input(), torchNorm);
    const spec = net.build('one norm', output, output);
    tf.tidy(() => {
      const x = tf.tensor4d([0.5, 0.002, -1, 1.5, 0.004, 2], [2, 1, 1, 3]);
      const coefficients = tf.tensor4d([1, 2, 3, -1, 1, 4], [2, 1, 1, 3]);
      const fixed = { 'bn.running_mean': tf.tensor1d([1, -1, 0]), 'bn.running_var': tf.tensor1d([1, 2, 0.5]) };
      let y: number[] = [];
      let moved: Record<string, number[]> = {};
      const gradients = tf.grads((input, scale, shift) => {
        const params = { ...fixed, 'bn.weight': scale!, 'bn.bias': shift! };
        const result = forward(spec, params, input!, { norm: () => 'training' });
        y = host(result.output);
        moved = Object.fromEntries(Object.entries(result.statistics).map(([name, tensor]) => [name, host(tensor)]));
        return tf.sum(tf.mul(result.output, coefficients));
      })([x, tf.tensor1d([1, 0.5, -2]), tf.tensor1d([0, 1, 0.25])]);
      expect(largestError(y, normOfTwo.y)).toBeLessThan(1e-6);
      expect(largestError(moved['bn.running_mean']!, normOfTwo.runningMean)).toBeLessThan(1e-6);
      expect(largestError(moved['bn.running_var']!, normOfTwo.runningVariance)).toBeLessThan(1e-6);
      expect(l2Error(host(gradients[0]!), normOfTwo.dx)).toBeLessThan(1e-3);
      expect(l2Error(host(gradients[1]!), normOfTwo.dScale)).toBeLessThan(1e-5);
      expect(l2Error(host(gradients[2]!), normOfTwo.dShift)).toBeLessThan(1e-6);
    });
  });
});

describe('a node hook', () => {
  it('changes what the nodes behind read; without it dropout does nothing', () => {
    const spec = buildNet('tf_efficientnet_lite0', { classes: 5 });
    const options = { from: spec.feature, to: 'dropout' };
    tf.tidy(() => {
      const ones = tf.ones([2, spec.featureSize]);
      expect(new Set(host(forward(spec, {}, ones, options).output))).toEqual(new Set([1]));
      const seen: string[] = [];
      const node = ({ name }: { name: string }, output: Tensor) => (seen.push(name), tf.mul(output, 3));
      expect(new Set(host(forward(spec, {}, ones, { ...options, node }).output))).toEqual(new Set([3]));
      expect(seen).toEqual(['dropout']);
    });
  });
});
