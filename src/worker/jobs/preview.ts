import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { applyAugmentation } from '../../augment/apply.ts';
import { activeAugmentations } from '../../augment/augmentation.ts';
import { drawAugmentation } from '../../augment/draw.ts';
import { augmentations } from '../../augment/index.ts';
import { randomStream } from '../../base/random.ts';
import { ChannelStatistics } from '../../data/channel-statistics.ts';
import { cropRectangle } from '../../data/crop-rectangle.ts';
import { cropCentre, decodePicture, decodeTarget } from '../../data/decode-picture.ts';
import { openPicture } from '../../data/open-picture.ts';
import { asProblem } from '../../data/file-problem.ts';
import type { Problem } from '../../protocol/dataset.ts';
import type { PicturePreview } from '../../protocol/dataset-view.ts';
import type { LaneJobOf } from '../../protocol/lane-job.ts';
import { uint8Tensor, uint8ToFloat } from '../../tensor/ops/uint8.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import { tf, type Tensor4D } from '../../tensor/tf.ts';
import type { JobHandler } from '../job-handler.ts';
import { betweenUnits, progressOf } from '../job-progress.ts';

type Job = LaneJobOf<'preview'>;

/**
 * What a network sees of pictures: the evaluation crop exactly as it is fed (normalising and turning back gives the same bytes),
 * and draws of the training augmentation by the ops that training runs. Each picture has its own random numbers, so that a draw does
 * not depend on what else was asked for. Without draws no TensorFlow is loaded.
 */
export const preview: JobHandler<'preview'> = async (job, host) => {
  const { pictures, draws, threads } = job;
  const augmented = draws > 0 && job.augment.mode !== 'none';
  if (augmented) await loadRuntime({ threads });
  const previews: PicturePreview[] = [];
  const problems: Problem[] = [];
  const tell = progressOf(host, 'evaluate');
  const between = betweenUnits(host);
  for (const [index, { path, file }] of pictures.entries()) {
    try {
      previews.push(await previewOf(await readFile(file), path, job, augmented));
    } catch (error) {
      problems.push({ path, ...asProblem(error) });
    }
    tell(index + 1, pictures.length);
    await between();
  }
  const { inputSize } = job.preprocessing;
  return { inputSize, ...(await normalisation(job)), previews, problems };
};

async function previewOf(bytes: Uint8Array, path: string, job: Job, augmented: boolean): Promise<PicturePreview> {
  const { preprocessing, draws } = job;
  const { width, height } = await openPicture(bytes);
  const target = decodeTarget(preprocessing);
  const square = await decodePicture(bytes, target);
  const size = preprocessing.inputSize;
  const input = await pngAddress(cropCentre(square, 1, target.side, size), size);
  const drawn = augmented ? await augment(square, target.side, path, job) : new Array<string>(draws).fill(input);
  return { path, width, height, crop: cropRectangle({ width, height }, preprocessing), input, draws: drawn };
}

/** square: uint8 [side, side, 3]. */
async function augment(square: Uint8Array, side: number, path: string, job: Job): Promise<string[]> {
  const { augment: config, draws, seed } = job;
  const size = job.preprocessing.inputSize;
  const active = activeAugmentations(config, augmentations);
  const frame = { side, size };
  const { transforms, numbers, columns, changeBytes } = drawAugmentation(
    active,
    config,
    randomStream(seed, 'preview', path),
    draws,
    frame,
  );
  const squares = new Uint8Array(draws * square.length);
  for (let i = 0; i < draws; i++) {
    squares.set(square, i * square.length);
    changeBytes(i, squares.subarray(i * square.length, (i + 1) * square.length));
  }
  const views = tf.tidy(() => {
    const images = uint8ToFloat(uint8Tensor(squares, [draws, side, side, 3])) as Tensor4D;
    const fed = columns > 0 ? tf.tensor2d(numbers, [draws, columns]) : null;
    return applyAugmentation(active, images, tf.tensor2d(transforms, [draws, 8]), fed, size);
  });
  // Rounds, and clamps what colours or interpolation push out of range.
  const pixels = Uint8ClampedArray.from(await views.data());
  views.dispose();
  const stride = size * size * 3;
  return Promise.all(
    Array.from({ length: draws }, (_, i) => jpegAddress(new Uint8Array(pixels.buffer, i * stride, stride), size)),
  );
}

async function normalisation({ preprocessing, measured }: Job): Promise<{ mean: number[]; std: number[] }> {
  const { mean, std } = preprocessing;
  if (measured.length === 0) return { mean: [...mean], std: [...std] };
  const statistics = new ChannelStatistics();
  let readable = 0;
  for (const file of measured) {
    const square = await decodePicture(file, decodeTarget(preprocessing)).catch(() => null);
    if (!square) continue;
    statistics.add(square);
    readable++;
  }
  return readable > 0 ? statistics.result() : { mean: [...mean], std: [...std] };
}

const raw = (size: number) => ({ raw: { width: size, height: size, channels: 3 as const } });
const dataAddress = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;

/** Lossless: the bytes that the network is fed. */
async function pngAddress(pixels: Uint8Array, size: number): Promise<string> {
  return dataAddress('png', await sharp(pixels, raw(size)).png({ compressionLevel: 3 }).toBuffer());
}

async function jpegAddress(pixels: Uint8Array, size: number): Promise<string> {
  const options = { quality: 90, chromaSubsampling: '4:4:4' };
  return dataAddress('jpeg', await sharp(pixels, raw(size)).jpeg(options).toBuffer());
}
