import { beforeAll, describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { randomStream } from '../../src/base/random.ts';
import { couplings, type CoupledChannels } from '../../src/models/couplings.ts';
import { torchvisionPreprocessing } from '../../src/models/imagenet-preprocessing.ts';
import { buildNet } from '../../src/models/index.ts';
import { NetBuilder } from '../../src/models/net-builder.ts';
import type { NetSpec, NodeSpec, ParamSpec } from '../../src/models/net-spec.ts';
import { forward } from '../../src/nn/forward.ts';
import { loadParameters, type HostArray } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { formulaImages, formulaStateDict } from '../support/formula-weights.ts';
import { largestError } from '../support/parity.ts';

beforeAll(async () => {
  await loadRuntime();
});

type State = ReadonlyMap<string, HostArray & { readonly data: Float32Array }>;

type Gone = ReadonlyMap<string, ReadonlyMap<number, ReadonlySet<number>>>;

/** Indices that go, by parameter and axis. */
function goneWith(sets: readonly CoupledChannels[]): Gone {
  const gone = new Map<string, Map<number, Set<number>>>();
  for (const { param, axis, indices } of sets.flatMap(({ params }) => params)) {
    const axes = gone.get(param) ?? new Map<number, Set<number>>();
    gone.set(param, axes);
    const set = axes.get(axis) ?? new Set();
    axes.set(axis, set);
    for (const index of indices) set.add(index);
  }
  return gone;
}

/** Whether an element of a parameter goes. */
function goes(gone: Gone, name: string, shape: readonly number[]): (element: number) => boolean {
  const axes = [...(gone.get(name) ?? [])].map(([axis, set]) => ({
    size: shape[axis]!,
    stride: sizeOf(shape.slice(axis + 1)),
    set,
  }));
  return (element) => axes.some(({ size, stride, set }) => set.has(Math.floor(element / stride) % size));
}

function zeroed(state: State, sets: readonly CoupledChannels[]): State {
  const gone = goneWith(sets);
  return new Map(
    [...state].map(([name, { shape, data }]) => {
      const isGone = goes(gone, name, shape);
      return [name, { shape, data: data.map((value, i) => (isGone(i) ? 0 : value)) }];
    }),
  );
}

/** The network and its numbers without those channels. */
function without(spec: NetSpec, state: State, sets: readonly CoupledChannels[]): { spec: NetSpec; state: State } {
  const gone = goneWith(sets);
  const params = spec.params.map((param) => ({
    ...param,
    shape: param.shape.map((size, axis) => size - (gone.get(param.name)?.get(axis)?.size ?? 0)),
  }));
  const kept = (name: string) => {
    const { shape, data } = state.get(name)!;
    const isGone = goes(gone, name, shape);
    return data.filter((_, i) => !isGone(i));
  };
  return {
    spec: { ...spec, params, nodes: spec.nodes.map((node) => narrowed(node, spec, params, sets)) },
    state: new Map(params.map(({ name, shape }) => [name, { shape, data: kept(name) }])),
  };
}

/** What a node says of channels by number. */
function narrowed(
  node: NodeSpec,
  spec: NetSpec,
  params: readonly ParamSpec[],
  sets: readonly CoupledChannels[],
): NodeSpec {
  if (node.op === 'conv2d' && node.groups > 1) {
    const [out, inGroup] = spec.params.find(({ name }) => name === node.weight)!.shape as [number, number];
    const left = params.find(({ name }) => name === node.weight)!.shape[0]!;
    return inGroup === 1 ? { ...node, groups: (left * node.groups) / out } : node;
  }
  if (node.op !== 'padShortcut') return node;
  const removed = sets.flatMap(({ nodes }) => nodes.get(node.name) ?? []);
  const inner = sets.flatMap(({ nodes }) => nodes.get(node.inputs[0]!) ?? []).length;
  const before = removed.filter((index) => index < node.channelsBefore).length;
  return {
    ...node,
    channelsBefore: node.channelsBefore - before,
    channelsAfter: node.channelsAfter - (removed.length - inner - before),
  };
}

function logits(spec: NetSpec, state: State, size: number): number[] {
  return tf.tidy(() => {
    const x = tf.tensor(formulaImages(2, size), [2, size, size, 3]);
    return [...forward(spec, loadParameters(spec, state), x).output.dataSync()];
  });
}

/** A network with what the architectures of today lack. */
function madeUp(): NetSpec {
  const net = new NetBuilder({ ...torchvisionPreprocessing, inputSize: 12 });
  net.group('all');
  const conv = (name: string, from: string, out: number, groups = 1) =>
    net.activation(
      'relu',
      `${name}.relu`,
      net.batchNorm(`${name}.norm`, net.conv(name, from, out, { kernel: 3, groups })),
    );
  const stem = conv('stem', net.input(), 8);
  const grouped = conv('grouped', stem, 12, 4);
  const wide = conv('wide', conv('narrow', grouped, 6), 12, 6);
  const squeezed = net.conv('fc1', net.globalAveragePool('squeeze', wide, true), 4, { kernel: 1, bias: true });
  const scale = net.activation('sigmoid', 'scale', net.conv('fc2', squeezed, 12, { kernel: 1, bias: true }));
  const excited = net.node({ op: 'mul', name: 'excited', inputs: [wide, scale] });
  const both = net.concat('both', [net.add('sum', [excited, conv('beside', stem, 12)]), grouped]);
  const tokens = net.node({ op: 'tokens', name: 'tokens', inputs: [conv('last', both, 5)] });
  const mixed = net.linear('mixed', tokens, 6);
  const flat = net.node({
    op: 'flatten',
    name: 'flat',
    inputs: [net.conv('small', both, 2, { kernel: 12, padding: 0 })],
  });
  const feature = net.concat('feature', [net.globalAveragePool('mean', mixed), flat]);
  return net.build('made up', feature, net.linear('head', feature, 4));
}

describe('couplings', () => {
  const networks: readonly (readonly [string, () => NetSpec, number])[] = [
    ['resnet20', () => buildNet('resnet20', { classes: 5 }), 32],
    ['mobilenet_v2', () => buildNet('mobilenet_v2', { classes: 5 }), 64],
    ['squeezenet1_1', () => buildNet('squeezenet1_1', { classes: 5 }), 68],
    ['tf_efficientnet_lite0', () => buildNet('tf_efficientnet_lite0', { classes: 5 }), 64],
    ['groups, products and tokens', madeUp, 12],
  ];

  it.each(networks)('are removed whole as if they were zero: %s', (name, build, size) => {
    const spec = build();
    const state: State = formulaStateDict(spec);
    const random = randomStream(1, name);
    const all = couplings(spec);
    const whole = logits(spec, state, size);
    for (const share of [0.02, 0.3]) {
      const sets = all.filter((_, i) => i === 0 || random.uniform() < share);
      const expected = logits(spec, zeroed(state, sets), size);
      const smaller = without(spec, state, sets);
      expect(largestError(logits(smaller.spec, smaller.state, size), expected)).toBeLessThan(1e-4);
      // They counted for something.
      expect(largestError(expected, whole)).toBeGreaterThan(1e-3);
    }
  });

  const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

  it('are as many as there are by hand', () => {
    const count = (spec: NetSpec) => couplings(spec).length;
    // Inside three blocks a stage, and one stream: option A ties channel i of a stage to one of the next.
    expect(count(buildNet('resnet20'))).toBe(3 * sum([16, 32, 64]) + 64);
    // Inside two blocks a stage, and a stream a stage, in which the projection of its shortcut is.
    expect(count(buildNet('resnet18'))).toBe(2 * sum([64, 128, 256, 512]) + sum([64, 128, 256, 512]));
    // Stem, expansions (six times what comes in), a stream a stage, last layer; depthwise convolutions add none.
    const expansions = 6 * sum([16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160]);
    expect(count(buildNet('mobilenet_v2'))).toBe(32 + expansions + sum([16, 24, 32, 64, 96, 160, 320]) + 1280);
    // Nothing is added up: every channel of every convolution but the classifier's is alone.
    const fires = [16, 16, 32, 32, 48, 48, 64, 64].map((squeeze) => squeeze + 8 * squeeze);
    expect(count(buildNet('squeezenet1_1'))).toBe(64 + sum(fires));
  });

  it('hold no channel of the picture or of the answer, and no parameter twice', () => {
    for (const [, build] of networks) {
      const spec = build();
      const sets = couplings(spec);
      for (const { nodes } of sets) for (const name of ['input', spec.head]) expect(nodes.has(name)).toBe(false);
      const entries = sets.flatMap(({ params }) =>
        params.flatMap(({ param, axis, indices }) => indices.map((index) => `${param} ${axis} ${index}`)),
      );
      expect(new Set(entries).size).toBe(entries.length);
    }
  });
});
