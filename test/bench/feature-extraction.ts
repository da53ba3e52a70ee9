import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { alternating } from './alternating.ts';
import type { Bench } from './bench.ts';
import type { Timing } from './ours/time-calls.ts';
import { runOurs } from './our-process.ts';
import { runPeer } from './peer-python.ts';
import { inWorkFolder } from './work-folder.ts';

interface FeatureAnswer extends Timing {
  /** Of the first picture. */
  readonly features: readonly number[];
}

const weights = resolve(import.meta.dirname, '../../pretrained/efficientnet_lite0.safetensors');
const architecture = 'tf_efficientnet_lite0';
const batch = 32;
const size = 224;
const batches = 10;

/** Features of 224 × 224 pictures by the built-in frozen network; decoding stands outside. */
export const featureExtraction: Bench = {
  name: 'feature-extraction',
  run: (runs) =>
    inWorkFolder(async (folder) => {
      const file = `${folder}/pictures.safetensors`;
      await runPeer('features.py', ['write', file, '--batch', `${batch}`, '--size', `${size}`]);
      const timing = ['--threads', `${availableParallelism()}`, '--batches', `${batches}`];
      return alternating<FeatureAnswer>({
        name: 'feature-extraction',
        runs,
        batch,
        ours: () => runOurs('features.ts', [architecture, weights, file, `${batches}`]),
        peer: (layout) => runPeer('features.py', ['time', architecture, weights, file, '--layout', layout, ...timing]),
        difference: (ours, peer) => Math.max(...ours.features.map((value, i) => Math.abs(value - peer.features[i]!))),
      });
    }),
};
