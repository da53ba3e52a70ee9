import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { cropCentre, decodePicture, decodeTarget } from '../../src/data/decode-picture.ts';
import { ensembleModelVersion } from '../../src/ensemble/ensemble-model.ts';
import { writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { createPredictor } from '../../src/ensemble/predictor.ts';
import { openBundle } from '../../src/export/bundle-reader.ts';
import { exportModel } from '../../src/export/export-model.ts';
import { buildNet } from '../../src/models/index.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { replaceHead, withInputSize } from '../../src/models/rewrites.ts';
import { initialise } from '../../src/nn/init.ts';
import { parametersToHost } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { float32Tensor, type HostTensor } from '../../src/weights/host-tensor.ts';
import { pythonHas, runPython } from '../support/python.ts';

const labels = ['north', 'south', 'west'];
const size = 64;
let folder: string;
let pictures: string[];

beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-numpy-'));
  const random = randomStream(1, 'blobs');
  pictures = [];
  for (let i = 0; i < 3; i++) {
    const path = join(folder, `${i}.png`);
    const raw = { raw: { width: 6, height: 6, channels: 3 as const } };
    await sharp(Buffer.from(Uint8Array.from({ length: 108 }, () => random.integer(256))), raw)
      .resize(100, 90, { fit: 'fill' })
      .toFile(path);
    pictures.push(path);
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Weights of a good scale, and statistics as a trained network has them: not 0 and 1. */
function weightsOf(spec: NetSpec, seed: number): Record<string, HostTensor> {
  const drawn = initialise(spec, seed);
  const host = parametersToHost(spec, drawn);
  tf.dispose(drawn);
  const random = randomStream(seed, 'statistics');
  return Object.fromEntries(
    spec.params.map(({ name, init }) => {
      const { shape, data } = host[name]!;
      const offset = init.kind === 'constant' ? 0.3 : 0;
      const moved = Float32Array.from(data, (value) => value + offset * random.uniform());
      return [name, float32Tensor(shape, moved)];
    }),
  );
}

/** A bundle of two members, weights 1 and 2. */
async function bundleOf(architecture: string): Promise<string> {
  const spec = withInputSize(replaceHead(buildNet(architecture), labels.length, { dropoutRate: 0 }), size);
  await writeModelFolder(join(folder, architecture), {
    formatVersion: ensembleModelVersion,
    name: architecture,
    createdAt: null,
    labels,
    preprocessing: spec.preprocessing,
    spec,
    trunk: null,
    members: [1, 2].map((seed) => ({
      name: `cycle-${seed}`,
      weight: seed,
      accuracy: null,
      tensors: weightsOf(spec, seed),
    })),
    combine: 'meanProbabilities',
    temperature: 1.37,
    metrics: { ensemble: null, test: null },
    origin: { backbone: architecture, preset: 'quick', dataset: 'd', trainingPictures: 3, contentHash: '0'.repeat(64) },
  });
  const path = join(folder, `${architecture}.anneal`);
  const model = { kind: 'run', runId: 'r', folder: join(folder, architecture) } as const;
  await exportModel({ model, format: 'bundle', path, run: null, pictures, versions: {} });
  return path;
}

describe.skipIf(!pythonHas('numpy'))('a bundle in NumPy alone (needs Python with numpy)', () => {
  it.each(['tf_efficientnet_lite0', 'mobilenet_v2', 'squeezenet1_1', 'resnet20'])(
    'gives the probabilities that Anneal gives: %s',
    async (architecture) => {
      const path = await bundleOf(architecture);
      const bundle = await openBundle(path);
      const target = decodeTarget(bundle.model.preprocessing);
      const squares = Buffer.concat(await Promise.all(pictures.map((picture) => decodePicture(picture, target))));
      const predictor = await createPredictor(bundle);
      const expected = predictor.probabilities(squares, pictures.length).ensemble;
      predictor.dispose();
      await bundle.close();

      const pixels = join(folder, 'pixels');
      await writeFile(pixels, cropCentre(squares, pictures.length, target.side, size));
      const oracle = await readFile(join('test', 'oracles', 'bundle_numpy.py'), 'utf8');
      const answers = JSON.parse(await runPython(oracle, [path, pixels, String(pictures.length)])) as number[][];
      const received = answers.flat();
      expect(received).toHaveLength(expected.length);
      received.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5));
      // Neither certain nor undecided: such answers would hide a fault.
      expect(Math.max(...received)).toBeLessThan(0.99999);
      expect(Math.max(...received) - Math.min(...received)).toBeGreaterThan(0.01);
    },
  );
});
