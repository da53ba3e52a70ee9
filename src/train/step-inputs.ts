import { randomStream } from '../base/random.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { BatchPosition, BatchSource, HostInputs } from './batch-source.ts';
import { oneHotTargets } from './targets.ts';
import { techniques } from './techniques/index.ts';

export interface BatchOptions {
  readonly config: TrainConfig;
  readonly source: BatchSource;
  /** Label of every picture of the dataset, by its index. */
  readonly labelOf: (picture: number) => number;
  readonly classes: number;
  readonly classCounts: readonly number[];
}

/**
 * All that one step is fed but rates and step count. `pictures` are padded to the batch size with pictures of the same epoch
 * whose weight in the loss is 0: one trace serves every batch, and batch statistics stay those of real pictures.
 */
export async function batchInputs(
  options: BatchOptions,
  pictures: readonly number[],
  count: number,
  position: BatchPosition,
): Promise<HostInputs> {
  const { config, source, labelOf, classes, classCounts } = options;
  const labels = pictures.map(labelOf);
  let targets = oneHotTargets(labels, count, classes);
  for (const technique of techniques) {
    if (technique.active(config) && technique.targets) {
      targets = technique.targets(config, { labels, count, classes, classCounts }, targets);
    }
  }
  const seed = randomStream(config.seed, 'dropout', position.branch, position.epoch, position.batch).seedPair();
  return {
    ...(await source.training(pictures, position)),
    targets: { dtype: 'float32', shape: [pictures.length, classes], data: targets.targets },
    denominator: { dtype: 'float32', shape: [], data: Float32Array.of(targets.denominator) },
    seed: { dtype: 'int32', shape: [2], data: Int32Array.from(seed) },
  };
}

/** Learning rate of every layer group, and how many steps its optimizer slots have seen, this one included. */
export function rateInputs(learningRate: number, scales: readonly number[], steps: readonly number[]): HostInputs {
  return {
    rates: { dtype: 'float32', shape: [scales.length], data: Float32Array.from(scales, (s) => s * learningRate) },
    steps: { dtype: 'float32', shape: [steps.length], data: Float32Array.from(steps) },
  };
}
