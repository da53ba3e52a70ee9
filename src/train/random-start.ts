import { untrainedPreprocessing } from '../models/trained-spec.ts';
import { randomNetwork, type Network } from './network.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunContext } from './run-context.ts';

/** Pictures that mean and standard deviation are taken from. */
const sampleSize = 2048;

/**
 * A network with seeded random weights, its normalisation taken from the training pictures: per channel
 * (x − mean) / std over all pixels of a sample.
 */
export async function randomStart(context: RunContext, prepared: PreparedRun): Promise<Network> {
  const { config } = context.job;
  const plain = untrainedPreprocessing(config);
  const cache = await context.openPictures(plain);
  const stride = Math.max(1, Math.floor(prepared.pool.length / sampleSize));
  const sample = prepared.pool.filter((_, i) => i % stride === 0);
  const sum = [0, 0, 0];
  const squares = [0, 0, 0];
  let count = 0;
  for (let start = 0; start < sample.length; start += 64) {
    const pixels = await cache.read(sample.slice(start, start + 64));
    for (let i = 0; i < pixels.length; i++) {
      const value = pixels[i]! / 255;
      sum[i % 3]! += value;
      squares[i % 3]! += value * value;
    }
    count += pixels.length / 3;
  }
  const mean = sum.map((s) => s / count) as [number, number, number];
  const std = squares.map((s, c) => Math.max(1e-3, Math.sqrt(s / count - mean[c]! ** 2))) as [number, number, number];
  return randomNetwork(config.model.backbone, prepared.classes, config, { ...plain, mean, std });
}
