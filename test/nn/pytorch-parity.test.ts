import { beforeAll, describe, expect, it } from 'vitest';
import { pairOf } from '../../src/base/sides.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import type { NetSpec, NodeSpec } from '../../src/models/net-spec.ts';
import { computed, misses, modelFixture } from '../support/parity.ts';

beforeAll(async () => {
  await loadRuntime();
});

describe.each(['tf_efficientnet_lite0', 'mobilenet_v2', 'squeezenet1_1', 'resnet20'])('%s', (name) => {
  const fixture = modelFixture(name);

  it('equals PyTorch in inference mode: logits and gradients', () => {
    expect(misses(fixture, 'frozen', computed(fixture, 'frozen'))).toEqual([]);
  });

  it('equals PyTorch in training mode: logits, statistics, gradients, and logits after one step', () => {
    expect(misses(fixture, 'training', computed(fixture, 'training'))).toEqual([]);
  });
});

/** The spec with every node changed by `change`. */
function withNodes(change: (node: NodeSpec) => NodeSpec): (spec: NetSpec) => NetSpec {
  return (spec) => ({ ...spec, nodes: spec.nodes.map(change) });
}

describe('a deliberate mistake', () => {
  const lite = modelFixture('tf_efficientnet_lite0');
  const mobile = modelFixture('mobilenet_v2');
  const tenfoldEpsilon = withNodes((node) =>
    node.op === 'batchNorm' ? { ...node, epsilon: node.epsilon * 10 } : node,
  );

  it('shows: ten times the norm epsilon, in both modes', () => {
    expect(misses(lite, 'frozen', computed(lite, 'frozen', tenfoldEpsilon))).not.toEqual([]);
    expect(misses(mobile, 'training', computed(mobile, 'training', tenfoldEpsilon))).not.toEqual([]);
  });

  it('shows: the other padding, in either direction', () => {
    const symmetric = withNodes((node) =>
      node.op === 'conv2d' ? { ...node, padding: Math.floor(pairOf(node.kernelSize)[0] / 2) } : node,
    );
    const same = withNodes((node) => (node.op === 'conv2d' ? { ...node, padding: 'same' } : node));
    expect(misses(lite, 'frozen', computed(lite, 'frozen', symmetric))).not.toEqual([]);
    expect(misses(mobile, 'frozen', computed(mobile, 'frozen', same))).not.toEqual([]);
  });

  it('shows: the batch-norm mode flipped, in either direction', () => {
    expect(misses(lite, 'frozen', computed(lite, 'training'))).not.toEqual([]);
    expect(misses(lite, 'training', computed(lite, 'frozen'))).not.toEqual([]);
  });

  it("shows: momentum in TensorFlow's direction", () => {
    const other = withNodes((node) => (node.op === 'batchNorm' ? { ...node, momentum: 1 - node.momentum } : node));
    expect(misses(mobile, 'training', computed(mobile, 'training', other)).join()).toMatch(/running_mean/);
  });
});
