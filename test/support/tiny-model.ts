import { sizeOf } from '../../src/base/size-of.ts';
import { ensembleModelVersion } from '../../src/ensemble/ensemble-model.ts';
import type { EnsembleDraft } from '../../src/ensemble/model-folder.ts';
import { NetBuilder } from '../../src/models/net-builder.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { randomStream } from '../../src/base/random.ts';
import { float32Tensor, type HostTensor } from '../../src/weights/host-tensor.ts';

/** A small network with every part that export has to carry: convolution, batch norm, depthwise convolution, linear head. */
export function tinySpec(classes: number, inputSize = 24): NetSpec {
  const net = new NetBuilder({
    inputSize,
    cropFraction: 0.875,
    interpolation: 'bicubic',
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
  });
  net.group('stem');
  const stem = net.batchNorm('norm', net.conv('conv', net.input(), 8, { kernel: 3, stride: 2 }));
  const relu = net.activation('relu', 'relu', stem);
  net.group('deep');
  const deep = net.batchNorm('deepNorm', net.depthwise('deep', relu, { kernel: 3 }));
  const deepRelu = net.activation('relu6', 'deepRelu', deep);
  net.group('head');
  const pool = net.globalAveragePool('pool', deepRelu);
  return net.build('tiny', pool, net.linear('fc', pool, classes));
}

/** Seeded weights by torch's names; variances are positive. */
export function tinyWeights(
  spec: NetSpec,
  seed: number,
  only: (name: string) => boolean = () => true,
): Record<string, HostTensor> {
  const weights: Record<string, HostTensor> = {};
  for (const { name, shape, init } of spec.params) {
    if (!only(name)) continue;
    const random = randomStream(seed, name);
    const count = sizeOf(shape);
    const value = () =>
      init.kind === 'constant' && init.value === 1
        ? 0.5 + random.uniform()
        : random.normal() * (init.kind === 'linear' ? 1.5 : 0.4);
    weights[name] = float32Tensor(shape, Float32Array.from({ length: count }, value));
  }
  return weights;
}

export const tinyLabels = ['daisy', 'rose, "wild"', 'Löwenzahn'];

/** Two members; `shared`: on one trunk up to the first block, else whole. */
export function tinyDraft(shared: boolean, temperature = 1): EnsembleDraft {
  const spec = tinySpec(tinyLabels.length);
  const inTrunk = (name: string) => name.startsWith('conv.') || name.startsWith('norm.');
  const accuracy = { accuracy: 0.9, split: 'test', n: 100, low: 0.826, high: 0.945 } as const;
  const member = (seed: number) => tinyWeights(spec, seed, shared ? (name) => !inTrunk(name) : undefined);
  return {
    formatVersion: ensembleModelVersion,
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
    temperature,
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
