import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { torchvisionPreprocessing } from '../../src/models/imagenet-preprocessing.ts';
import { buildNet } from '../../src/models/index.ts';
import { NetBuilder } from '../../src/models/net-builder.ts';
import { opNames } from '../../src/models/op-table.ts';
import { outputShapes } from '../../src/models/shapes.ts';
import { forward } from '../../src/nn/forward.ts';
import { fromRuntimeLayout } from '../../src/nn/layout.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { withPortableOps } from '../../src/tensor/native.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';
import { formula, formulaStateDict } from '../support/formula-weights.ts';
import { l2Error } from '../support/parity.ts';

beforeAll(async () => {
  await loadRuntime();
});

/** Written by test/oracles/ops.py. */
interface Fixture {
  readonly cases: readonly {
    readonly title: string;
    readonly channels: number;
    readonly shape: readonly number[];
    readonly output: number[];
    readonly gradients: Record<string, number[]>;
  }[];
}
const { cases } = JSON.parse(readFileSync(new URL('../fixtures/ops.json', import.meta.url), 'utf8')) as Fixture;

type Build = (net: NetBuilder, input: string) => string;
const conv =
  (out: number, options: Parameters<NetBuilder['conv']>[3]): Build =>
  (net, input) =>
    net.conv('conv', input, out, options);
const pool =
  (op: 'maxPool' | 'avgPool'): Build =>
  (net, input) =>
    net.node({
      op,
      name: 'pool',
      inputs: [input],
      kernelSize: [3, 2],
      stride: [2, 1],
      padding: [1, 0],
      ceilMode: false,
    });
const tokens: Build = (net, input) => net.node({ op: 'tokens', name: 'tokens', inputs: [input] });

const networks: Readonly<Record<string, Build>> = {
  'a convolution in two groups': conv(4, { kernel: 3, groups: 2, bias: true }),
  'a convolution in three groups that halves the map': conv(9, { kernel: 3, stride: 2, groups: 3 }),
  'two filters a channel': conv(6, { kernel: 3, groups: 3, bias: true }),
  'a dilated convolution': conv(4, { kernel: 3, padding: 2, dilation: 2, bias: true }),
  'a depthwise convolution, dilated along the width': conv(4, {
    kernel: 3,
    padding: [1, 2],
    dilation: [1, 2],
    groups: 4,
    bias: true,
  }),
  'a dilated convolution in groups with a stride': conv(6, {
    kernel: 3,
    stride: 2,
    padding: 2,
    dilation: 2,
    groups: 2,
    bias: true,
  }),
  'a row, then a column': (net, input) =>
    net.conv('column', net.conv('row', input, 4, { kernel: [1, 5], bias: true }), 2, { kernel: [3, 1], bias: true }),
  'a stride of its own for each axis': conv(4, { kernel: [3, 2], stride: [2, 1], padding: [1, 0], bias: true }),
  'a depthwise convolution with a stride of its own for each axis': conv(4, {
    kernel: 3,
    stride: [2, 1],
    groups: 4,
    bias: true,
  }),
  'rectangular maximum pooling': pool('maxPool'),
  'rectangular average pooling': pool('avgPool'),
  'a linear layer without bias on tokens': (net, input) => net.linear('fc', tokens(net, input), 3, { bias: false }),
  'a linear layer on the mean of tokens': (net, input) =>
    net.linear('fc', net.globalAveragePool('mean', tokens(net, input)), 3),
  'a linear layer on a flattened map': (net, input) =>
    net.linear('fc', net.node({ op: 'flatten', name: 'flatten', inputs: [input] }), 3),
  'squeeze and excitation': (net, input) => {
    const squeezed = net.conv('fc1', net.globalAveragePool('squeeze', input, true), 2, { kernel: 1, bias: true });
    const excited = net.conv('fc2', net.activation('relu', 'relu', squeezed), 8, { kernel: 1, bias: true });
    const scale = net.activation('sigmoid', 'scale', excited);
    return net.node({ op: 'mul', name: 'mul', inputs: [input, scale] });
  },
  'a vector that scales channels': (net, input) => {
    const scale = net.linear('fc', net.globalAveragePool('pool', input), 4, { bias: false });
    return net.node({ op: 'mul', name: 'mul', inputs: [input, scale] });
  },
  'the weighted mean of two classifiers': (net, input) => {
    const pooled = net.globalAveragePool('pool', input);
    const probabilities = ['a', 'b'].map((name) =>
      net.node({ op: 'softmax', name: `${name}.softmax`, inputs: [net.linear(name, pooled, 3)] }),
    );
    return net.node({ op: 'mean', name: 'mean', inputs: probabilities, weights: [0.25, 0.75] });
  },
  'hard swish': (net, input) => net.activation('hardSwish', 'act', input),
  'logits over a temperature': (net, input) => {
    const logits = net.linear('fc', net.globalAveragePool('pool', input), 3);
    const scaled = net.node({ op: 'scale', name: 'scaled', inputs: [logits], factor: 1 / 1.6 });
    return net.node({ op: 'softmax', name: 'probabilities', inputs: [scaled] });
  },
  'pixels normalised': (net, input) =>
    net.node({
      op: 'normalise',
      name: 'normalise',
      inputs: [input],
      mean: torchvisionPreprocessing.mean,
      std: torchvisionPreprocessing.std,
    }),
};

const [batch, height, width] = [2, 7, 6];

function built(title: string, channels: number) {
  const net = new NetBuilder();
  net.group('head');
  const output = networks[title]!(net, net.input([height, width, channels]));
  return net.build(title, output, output);
}

describe.each(cases)('$title', ({ title, channels, shape, output, gradients }) => {
  const spec = built(title, channels);

  it.each([false, true])('equals PyTorch in value and gradients (portable ops: %s)', (portable) => {
    tf.tidy(() => {
      const params = loadParameters(spec, formulaStateDict(spec));
      const count = batch * height * width * channels;
      const x = tf.tensor(Float32Array.from(formula('input', count)), [batch, height, width, channels]);
      const coefficients = tf.tensor(Float32Array.from(formula('loss', output.length)), [batch, ...shape]);
      let computed: Tensor = coefficients;
      const loss = (input: Tensor, ...values: Tensor[]) => {
        const moved = Object.fromEntries(spec.params.map((param, i) => [param.name, values[i]!]));
        computed = tf.keep(forward(spec, moved, input).output);
        return tf.sum(tf.mul(computed, coefficients));
      };
      const run = () => tf.grads(loss)([x, ...spec.params.map(({ name }) => params[name]!)]);
      const [ofInput, ...ofParams] = portable ? withPortableOps(run) : run();
      expect(computed.shape).toEqual([batch, ...shape]);
      expect(l2Error(computed.dataSync(), output)).toBeLessThan(1e-6);
      computed.dispose();
      expect(l2Error(ofInput!.dataSync(), gradients['input']!)).toBeLessThan(1e-5);
      expect(Object.keys(gradients).toSorted()).toEqual(['input', ...spec.params.map(({ name }) => name)].toSorted());
      spec.params.forEach((param, i) =>
        expect(l2Error(fromRuntimeLayout(param, ofParams[i]!), gradients[param.name]!)).toBeLessThan(1e-5),
      );
    });
  });

  it('puts out the shapes that its description says', () => {
    tf.tidy(() => {
      const params = loadParameters(spec, formulaStateDict(spec));
      const taps = spec.nodes.slice(1).map(({ name }) => name);
      const shapes = outputShapes(spec, [height, width, channels]);
      const result = forward(spec, params, tf.zeros([batch, height, width, channels]), { taps });
      for (const name of taps) expect([name, result.taps[name]!.shape]).toEqual([name, [batch, ...shapes.get(name)!]]);
    });
  });
});

it('compares every kind of node that there is, here or in a network that is compared with PyTorch whole', () => {
  const here = cases.flatMap(({ title, channels }) => built(title, channels).nodes);
  const whole = ['tf_efficientnet_lite0', 'squeezenet1_1', 'resnet20'].flatMap((name) => buildNet(name).nodes);
  const tested = new Set([...here, ...whole].map(({ op }) => op));
  expect(opNames.filter((op) => !tested.has(op))).toEqual([]);
  expect(cases.map(({ title }) => title).toSorted()).toEqual(Object.keys(networks).toSorted());
});
