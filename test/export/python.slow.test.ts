import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { randomStream } from '../../src/base/random.ts';
import { decodePicture, decodeTarget } from '../../src/data/decode-picture.ts';
import { ensembleModelVersion } from '../../src/ensemble/ensemble-model.ts';
import { readModelFolder, writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { createPredictor } from '../../src/ensemble/predictor.ts';
import { exportModel } from '../../src/export/export-model.ts';
import { bundle } from '../../src/protocol/formats/bundle.ts';
import type { PythonNetwork, Sample } from '../../src/protocol/formats/export-format.ts';
import type { ExportFormat } from '../../src/protocol/formats/index.ts';
import { savedModel } from '../../src/protocol/formats/saved-model.ts';
import { buildNet } from '../../src/models/index.ts';
import { headGroup } from '../../src/models/spec-queries.ts';
import { replaceHead } from '../../src/models/rewrites.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { float32Tensor, type HostTensor } from '../../src/weights/host-tensor.ts';
import { readSafetensors } from '../../src/weights/safetensors.ts';
import { pretrainedFolder } from '../../src/zoo/index.ts';
import { pythonHas, runPython } from '../support/python.ts';

const labels = ['north', 'south', 'west'];
let folder: string;
let picture: string;
let expected: number[];

/** EfficientNet-Lite0 with three random heads on one trunk, asked about one picture that needs no resize. */
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-test-'));
  const spec = replaceHead(buildNet('tf_efficientnet_lite0'), labels.length, { dropoutRate: 0 });
  const head = new Set(headGroup(spec).nodes.flatMap((node) => [`${node}.weight`, `${node}.bias`]));
  const { tensors } = await readSafetensors(join(pretrainedFolder, 'efficientnet_lite0.safetensors'));
  const trunk = Object.fromEntries([...tensors].filter(([name]) => !head.has(name)));
  const member = (seed: number): Record<string, HostTensor> => {
    const random = randomStream(seed, 'head');
    const drawn = (shape: number[]) =>
      float32Tensor(
        shape,
        Float32Array.from({ length: sizeOf(shape) }, () => random.normal() * 0.1),
      );
    return { 'classifier.weight': drawn([labels.length, spec.featureSize]), 'classifier.bias': drawn([labels.length]) };
  };
  await writeModelFolder(join(folder, 'run'), {
    formatVersion: ensembleModelVersion,
    name: 'directions',
    createdAt: null,
    labels,
    preprocessing: spec.preprocessing,
    spec,
    trunk: { to: spec.feature, tensors: trunk },
    members: [1, 2, 3].map((seed) => ({ name: `fold ${seed}`, weight: seed, accuracy: null, tensors: member(seed) })),
    combine: 'meanProbabilities',
    temperature: 1.37,
    metrics: { ensemble: null, test: null },
    origin: {
      backbone: 'efficientnet_lite0',
      preset: 'quick',
      dataset: 'directions',
      trainingPictures: 3,
      contentHash: '0'.repeat(64),
    },
  });

  const { side } = decodeTarget(spec.preprocessing);
  const random = randomStream(1, 'picture');
  const blobs = { raw: { width: 6, height: 6, channels: 3 as const } };
  picture = join(folder, 'picture.png');
  await sharp(Buffer.from(Uint8Array.from({ length: 108 }, () => random.integer(256))), blobs)
    .resize(side, side)
    .toFile(picture);
  const predictor = await createPredictor(await readModelFolder(join(folder, 'run')));
  expected = [...predictor.probabilities(await decodePicture(picture, decodeTarget(spec.preprocessing)), 1).ensemble];
  predictor.dispose();
  return () => rm(folder, { recursive: true, force: true });
});

function expectSame(received: readonly number[]) {
  expect(received).toHaveLength(expected.length);
  received.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4));
  expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.1);
}

const network: PythonNetwork = { architecture: 'tf_efficientnet_lite0', library: 'timm' };

function exportTo(format: ExportFormat, path: string, options: Record<string, boolean> = {}) {
  const model = { kind: 'run', runId: 'r', folder: join(folder, 'run') } as const;
  return exportModel({ model, format, path, options, run: null, pictures: [picture], versions: {} });
}

/** Runs the Python program among the samples on the picture; its probabilities, in the order of the labels. */
async function answersOf(samples: readonly Sample[]): Promise<number[]> {
  const { code } = samples.find(({ value }) => value === 'python')!;
  const lines = (await runPython(code, [picture])).trim().split('\n');
  expect(lines.map((line) => line.split(' ')[1])).toEqual(labels);
  return lines.map((line) => Number(line.split(' ')[0]));
}

const torch = pythonHas('torch', 'timm', 'safetensors', 'PIL');
describe.skipIf(!torch)('a bundle in PyTorch (needs Python with torch, timm, safetensors, Pillow)', () => {
  it('loads with strict=True by the program of its own card, and answers the same', async () => {
    const path = join(folder, 'directions.anneal');
    await exportTo('bundle', path);
    const card = new TextDecoder().decode(unzipSync(await readFile(path))['MODEL_CARD.md']);
    // The card names the file without its place.
    const program = /```python\n([\s\S]*?)```/.exec(card)![1]!.replace('"directions.anneal"', JSON.stringify(path));
    const lines = (await runPython(program, [picture])).trim().split('\n');
    expect(lines.map((line) => line.split(' ')[1])).toEqual(labels);
    expectSame(lines.map((line) => Number(line.split(' ')[0])));
  });

  it('answers the same by the sample that the window shows', async () => {
    const path = join(folder, 'sample.anneal');
    await exportTo('bundle', path);
    expectSame(await answersOf(bundle.samples({ labels, file: path, network, options: {} })));
  });
});

const tensorflow = pythonHas('tensorflow', 'PIL');
describe.skipIf(!tensorflow)('a SavedModel in Python (needs Python with tensorflow, Pillow)', () => {
  const program = `
import json, sys, numpy as np, tensorflow as tf
from PIL import Image
ask = tf.saved_model.load(sys.argv[1]).signatures["serving_default"]
pixels = np.asarray(Image.open(sys.argv[2]))
margin = int(sys.argv[3])
pixels = pixels[margin:len(pixels) - margin, margin:len(pixels) - margin]
print(json.dumps(ask(images=tf.constant(np.stack([pixels, pixels])))["probabilities"].numpy().tolist()))`;

  it.each([
    ['at the network’s size', false, 16],
    ['at any size', true, 0],
  ])('answers the same %s', async (_, anySize, margin) => {
    const path = join(folder, `saved-${String(anySize)}`);
    await exportTo('savedmodel', path, { anySize });
    const answers = JSON.parse(await runPython(program, [path, picture, String(margin)])) as number[][];
    expect(answers).toHaveLength(2);
    answers.forEach(expectSame);
  });

  it.each([false, true])('answers the same by the sample that the window shows, any size %s', async (anySize) => {
    const path = join(folder, `sample-${String(anySize)}`);
    await exportTo('savedmodel', path, { anySize });
    expectSame(await answersOf(savedModel.samples({ labels, file: path, network, options: { anySize } })));
  });
});
