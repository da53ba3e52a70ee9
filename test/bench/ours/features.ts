/**
 * Features of one batch as `anneal train` extracts them with a frozen trunk, in a process of its own.
 * usage: features.ts ARCHITECTURE WEIGHTS FILE BATCHES (FILE as peers/features.py writes it). Prints one JSON object.
 */
import { buildNet } from '../../../src/models/index.ts';
import { loadParameters } from '../../../src/nn/load-parameters.ts';
import { compile } from '../../../src/tensor/compile.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf } from '../../../src/tensor/tf.ts';
import { stateDict } from '../../../src/train/network.ts';
import { frozenTrunk } from '../../../src/train/trunk.ts';
import { readSafetensors } from '../../../src/weights/safetensors.ts';
import { timeCalls } from './time-calls.ts';

const warmUp = 3;
const [architecture, weights, file, batches] = process.argv.slice(2) as [string, string, string, string];

await loadRuntime();
const spec = buildNet(architecture);
const params = loadParameters(spec, stateDict((await readSafetensors(weights)).tensors));
const { images: picture } = Object.fromEntries(stateDict((await readSafetensors(file)).tensors));
const images = tf.tensor(Float32Array.from(picture!.data), [...picture!.shape]);
const trunk = frozenTrunk({ spec, params, origin: 'bench' }, spec.feature);
const compiled = compile({
  name: 'features',
  inputs: { images },
  constants: trunk.constants,
  fn: (inputs, constants) => ({ features: trunk.apply(inputs.images, constants) }),
});
const once = (): Float32Array => {
  const { features } = compiled.run({ images });
  const values = features.dataSync() as Float32Array;
  tf.dispose(features);
  return values;
};
let values = once();
for (let i = 1; i < warmUp; i++) values = once();
const features = Array.from(values.subarray(0, spec.featureSize));
process.stdout.write(JSON.stringify({ features, ...timeCalls(Number(batches), once) }));
