import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../src/tensor/ops/normalise.ts';
import { cropCentre, decodePicture, decodeTarget } from '../../src/data/decode-picture.ts';
import { buildNet } from '../../src/models/index.ts';
import { forward } from '../../src/nn/forward.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor, type Tensor4D } from '../../src/tensor/tf.ts';
import { toFloat32 } from '../../src/weights/host-tensor.ts';
import { readSafetensors } from '../../src/weights/safetensors.ts';
import { resolveBackbone } from '../../src/zoo/index.ts';
import { sharedData } from '../support/shared.ts';

const fixtures = resolve(import.meta.dirname, '../fixtures/zoo');
interface Oracle {
  readonly paths: readonly string[];
  /** timm's likeliest classes of each path. */
  readonly top5: readonly number[][];
  /** Right answers of timm among the first 20 pictures of a folder. */
  readonly named: readonly {
    readonly folder: string;
    readonly label: number;
    readonly first: number;
    readonly five: number;
  }[];
}
const oracle = JSON.parse(readFileSync(join(fixtures, 'lite0_features.json'), 'utf8')) as Oracle;

/** Features and the five likeliest ImageNet classes of pictures, by our own decoder and network. */
interface Answer {
  readonly features: Float32Array;
  readonly top5: readonly number[];
}

const spec = buildNet('tf_efficientnet_lite0');
let preprocessing = spec.preprocessing;
let params: Record<string, Tensor> = {};

async function classify(path: string): Promise<Answer> {
  const target = decodeTarget(preprocessing);
  const { inputSize } = preprocessing;
  const pixels = cropCentre(await decodePicture(path, target), 1, target.side, inputSize);
  const [features, logits] = tf.tidy(() => {
    const images = tf.tensor4d(Float32Array.from(pixels), [1, inputSize, inputSize, 3]);
    const { output, taps } = forward(spec, params, normalise(images, preprocessing), { taps: [spec.feature] });
    return [taps[spec.feature]!, output] as [Tensor, Tensor4D];
  });
  const scores = [...logits.dataSync()].map((score, index) => [score, index] as const).sort(([a], [b]) => b - a);
  const answer = { features: features.dataSync() as Float32Array, top5: scores.slice(0, 5).map(([, index]) => index) };
  tf.dispose([features, logits]);
  return answer;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
}

describe.skipIf(!sharedData)('the embedded EfficientNet-Lite0 on real pictures (needs shared data)', () => {
  beforeAll(async () => {
    await loadRuntime();
    const backbone = await resolveBackbone('efficientnet_lite0', '/nowhere');
    preprocessing = backbone.preprocessing;
    const { tensors } = await readSafetensors(backbone.path);
    const arrays = [...tensors].map(
      ([name, tensor]) => [name, { shape: tensor.shape, data: toFloat32(tensor) }] as const,
    );
    params = loadParameters(spec, new Map(arrays));
  });
  afterAll(() => tf.dispose(params));

  it("gives the features of timm's definition with Pillow's resize: cosine at least 0.999, the same first class", async () => {
    const { tensors } = await readSafetensors(join(fixtures, 'lite0_features.safetensors'));
    const expected = toFloat32(tensors.get('features')!);
    const size = spec.featureSize;
    for (const [i, path] of oracle.paths.entries()) {
      const answer = await classify(join(sharedData!, path));
      const similarity = cosine(answer.features, expected.subarray(i * size, (i + 1) * size));
      expect(similarity, path).toBeGreaterThanOrEqual(0.999);
      expect(answer.top5[0], path).toBe(oracle.top5[i]![0]);
    }
  });

  it.each(oracle.named)(
    'names the first 20 pictures of $folder as often right as timm does',
    async ({ folder, label, first, five }) => {
      const files = readdirSync(join(sharedData!, folder)).sort().slice(0, 20);
      const best: (readonly number[])[] = [];
      for (const file of files) best.push((await classify(join(sharedData!, folder, file))).top5);
      const ours = {
        first: best.filter((top5) => top5[0] === label).length,
        five: best.filter((top5) => top5.includes(label)).length,
      };
      // A picture on the edge may fall to the other side by the decoder's rounding.
      expect(Math.abs(ours.first - first)).toBeLessThanOrEqual(1);
      expect(Math.abs(ours.five - five)).toBeLessThanOrEqual(1);
      const isPhotograph = !folder.startsWith('tiny-imagenet');
      if (isPhotograph) expect(ours.five).toBeGreaterThanOrEqual(17);
    },
  );
});
