import { ChannelStatistics } from '../data/channel-statistics.ts';
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
  const statistics = new ChannelStatistics();
  for (let start = 0; start < sample.length; start += 64)
    statistics.add(await cache.read(sample.slice(start, start + 64)));
  return randomNetwork(config.model.backbone, prepared.classes, config, { ...plain, ...statistics.result() });
}
