/**
 * Training steps as `anneal train` makes them, in a process of its own: five whose losses are told, then timed ones.
 * usage: training-step.ts ARCHITECTURE FILE STEPS (FILE as peers/training_step.py writes it). Prints one JSON object.
 */
import { resolveConfig } from '../../../src/settings/resolve-config.ts';
import { buildNet } from '../../../src/models/index.ts';
import { replaceHead } from '../../../src/models/rewrites.ts';
import { loadParameters } from '../../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import type { Tensor } from '../../../src/tensor/tf.ts';
import type { BatchSource, HostInputs } from '../../../src/train/batch-source.ts';
import { compileTrainingStep } from '../../../src/train/compiled-step.ts';
import { stateDict } from '../../../src/train/network.ts';
import { rateInputs } from '../../../src/train/step-inputs.ts';
import { readSafetensors } from '../../../src/weights/safetensors.ts';
import { timeCalls } from './time-calls.ts';

// So small that rounding, which batch norm at random weights multiplies tenfold a step, stays below 1e-3.
const rate = 1e-4;
const warmUp = 5;
const [architecture, file, steps] = process.argv.slice(2) as [string, string, string];

await loadRuntime();
const built = buildNet(architecture);
const spec = replaceHead(built, built.classes, { dropoutRate: 0 });
const all = stateDict((await readSafetensors(file)).tensors);
const model = [...all].filter(([name]) => name.startsWith('model/'));
const params = loadParameters(spec, new Map(model.map(([name, array]) => [name.slice('model/'.length), array])));
const images = all.get('images')!;
const batch = images.shape[0]!;
const config = resolveConfig({
  preset: 'scratch',
  set: ['optimizer.name=momentum', 'optimizer.momentum=0.9', 'optimizer.weightDecay=0.0001', 'tune.normMode=training'],
});
const example: HostInputs = {
  images: { dtype: 'float32', shape: images.shape, data: Float32Array.from(images.data) },
  targets: { dtype: 'float32', shape: [batch, spec.classes], data: oneHot(Array.from(all.get('labels')!.data)) },
  denominator: { dtype: 'float32', shape: [], data: Float32Array.of(batch) },
  ...rateInputs(
    config,
    rate,
    spec.groups.map(() => 1),
    spec.groups.map(() => 1),
  ),
};
const asFed = (inputs: Record<string, Tensor>): Tensor => inputs['images']!;
const source: BatchSource = {
  from: spec.nodes[0]!.name,
  constants: {},
  training: () => Promise.resolve(example),
  evaluation: () => Promise.resolve(example),
  trainingActivations: asFed,
  evaluationActivations: asFed,
};
const step = compileTrainingStep({ spec, params, slots: {}, source, config, freezeTo: 0, example });
const once = (): number => step.run(example).loss;
const losses = Array.from({ length: warmUp }, once);
process.stdout.write(JSON.stringify({ losses, ...timeCalls(Number(steps), once) }));

function oneHot(labels: readonly number[]): Float32Array {
  const targets = new Float32Array(labels.length * spec.classes);
  labels.forEach((label, row) => (targets[row * spec.classes + label] = 1));
  return targets;
}
