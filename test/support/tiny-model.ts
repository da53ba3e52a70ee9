import { sizeOf } from '../../src/base/size-of.ts';
import type { EnsembleDraft } from '../../src/ensemble/model-folder.ts';
import type { NetSpec, ParamRole } from '../../src/models/net-spec.ts';
import { randomStream } from '../../src/base/random.ts';
import { float32Tensor, type HostTensor } from '../../src/weights/host-tensor.ts';

/** A small network with every part that export has to carry: convolution, batch norm, depthwise convolution, linear head. */
export function tinySpec(classes: number, inputSize = 24): NetSpec {
  const param = (name: string, shape: number[], role: ParamRole) => ({ name, shape, role });
  const norm = (module: string, channels: number) => [
    param(`${module}.weight`, [channels], 'normScale'),
    param(`${module}.bias`, [channels], 'normShift'),
    param(`${module}.running_mean`, [channels], 'runningMean'),
    param(`${module}.running_var`, [channels], 'runningVariance'),
  ];
  const normNode = (module: string, input: string) =>
    ({
      name: module,
      op: 'batchNorm',
      inputs: [input],
      scale: `${module}.weight`,
      shift: `${module}.bias`,
      runningMean: `${module}.running_mean`,
      runningVariance: `${module}.running_var`,
      epsilon: 1e-5,
      momentum: 0.1,
    }) as const;
  const conv = { op: 'conv2d', bias: null, kernelSize: 3, padding: 1 } as const;
  return {
    architecture: 'tiny',
    nodes: [
      { name: 'input', op: 'input', inputs: [] },
      { name: 'conv', inputs: ['input'], weight: 'conv.weight', stride: 2, depthwise: false, ...conv },
      normNode('norm', 'conv'),
      { name: 'relu', op: 'relu', inputs: ['norm'] },
      { name: 'deep', inputs: ['relu'], weight: 'deep.weight', stride: 1, depthwise: true, ...conv },
      normNode('deepNorm', 'deep'),
      { name: 'deepRelu', op: 'relu6', inputs: ['deepNorm'] },
      { name: 'pool', op: 'globalAveragePool', inputs: ['deepRelu'] },
      { name: 'fc', op: 'linear', inputs: ['pool'], weight: 'fc.weight', bias: 'fc.bias' },
    ],
    params: [
      param('conv.weight', [8, 3, 3, 3], 'convWeight'),
      ...norm('norm', 8),
      param('deep.weight', [8, 1, 3, 3], 'depthwiseWeight'),
      ...norm('deepNorm', 8),
      param('fc.weight', [classes, 8], 'linearWeight'),
      param('fc.bias', [classes], 'bias'),
    ],
    groups: [
      { name: 'stem', nodes: ['conv', 'norm', 'relu'] },
      { name: 'deep', nodes: ['deep', 'deepNorm', 'deepRelu'] },
      { name: 'head', nodes: ['pool', 'fc'] },
    ],
    feature: 'pool',
    featureSize: 8,
    head: 'fc',
    classes,
    preprocessing: {
      inputSize,
      cropFraction: 0.875,
      interpolation: 'bicubic',
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    },
  };
}

/** Seeded weights by torch's names; variances are positive. */
export function tinyWeights(
  spec: NetSpec,
  seed: number,
  only: (name: string) => boolean = () => true,
): Record<string, HostTensor> {
  const weights: Record<string, HostTensor> = {};
  for (const { name, shape, role } of spec.params) {
    if (!only(name)) continue;
    const random = randomStream(seed, name);
    const count = sizeOf(shape);
    const value = () =>
      role === 'runningVariance' || role === 'normScale'
        ? 0.5 + random.uniform()
        : random.normal() * (role === 'linearWeight' ? 1.5 : 0.4);
    weights[name] = float32Tensor(shape, Float32Array.from({ length: count }, value));
  }
  return weights;
}

export const tinyLabels = ['daisy', 'rose, "wild"', 'Löwenzahn'];

/** Two members; `shared`: on one trunk up to the first block, else whole. */
export function tinyDraft(shared: boolean): EnsembleDraft {
  const spec = tinySpec(tinyLabels.length);
  const inTrunk = (name: string) => name.startsWith('conv.') || name.startsWith('norm.');
  const accuracy = { accuracy: 0.9, split: 'test', n: 100, low: 0.826, high: 0.945 } as const;
  const member = (seed: number) => tinyWeights(spec, seed, shared ? (name) => !inTrunk(name) : undefined);
  return {
    formatVersion: 1,
    name: 'flowers',
    createdAt: null,
    labels: tinyLabels,
    preprocessing: spec.preprocessing,
    spec,
    trunk: shared ? { to: 'relu', tensors: tinyWeights(spec, 0, inTrunk) } : null,
    members: [
      { name: 'cycle-1', weight: 1, accuracy, tensors: member(1) },
      { name: 'cycle-2', weight: 2, accuracy: null, tensors: member(2) },
      { name: 'cycle-3', weight: 0, accuracy: null, tensors: member(3) },
    ],
    combine: 'meanProbabilities',
    metrics: { ensemble: { ...accuracy, split: 'validation' }, test: accuracy },
    origin: {
      backbone: 'tiny',
      preset: 'balanced',
      dataset: 'flowers',
      trainingPictures: 400,
      contentHash: '0'.repeat(64),
    },
  };
}
