import type { DatasetIndex } from '../protocol/dataset.ts';
import { randomStream } from '../base/random.ts';
import { optimizerNamed } from '../optim/index.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { BatchPosition, BatchSource, HostInputs } from './batch-source.ts';
import { oneHotTargets } from './targets.ts';
import { activeTechniques, withKey } from './technique-hooks.ts';
import type { StepTechnique } from './technique.ts';

export interface BatchOptions {
  readonly config: TrainConfig;
  readonly source: BatchSource;
  /** Label of every picture of the dataset, by its index. */
  readonly labelOf: (picture: DatasetIndex) => number;
  readonly classes: number;
  readonly classCounts: readonly number[];
  /** Default: all of techniques/index.ts. */
  readonly techniques?: readonly StepTechnique[];
}

/**
 * All that one step is fed but rates, step counts and the optimizer's numbers. `pictures` are padded to the batch size with pictures
 * of the same epoch whose weight in the loss is 0: one trace serves every batch, and batch statistics stay those of real pictures.
 */
export async function batchInputs(
  options: BatchOptions,
  pictures: readonly DatasetIndex[],
  count: number,
  position: BatchPosition,
): Promise<HostInputs> {
  const { config, source, labelOf, classes, classCounts } = options;
  const labels = pictures.map(labelOf);
  const batch = { labels, count, classes, classCounts };
  const { branch, epoch, batch: number } = position;
  let targets = oneHotTargets(labels, count, classes);
  const fed: HostInputs = {};
  for (const technique of activeTechniques(config, options.techniques)) {
    const random = randomStream(config.seed, technique.declaration.key, branch, epoch, number);
    const drawn = technique.inputs?.(batch, random, config) ?? {};
    Object.assign(fed, withKey(technique.declaration.key, drawn));
    targets = technique.targets?.(batch, targets, drawn, config) ?? targets;
  }
  return {
    ...(await source.training(pictures, position)),
    targets: { dtype: 'float32', shape: [pictures.length, classes], data: targets.targets },
    denominator: { dtype: 'float32', shape: [], data: Float32Array.of(targets.denominator) },
    ...fed,
  };
}

/**
 * What a step is fed of the plan: the learning rate of every layer group, how many steps its optimizer slots have seen, this step
 * included, and the optimizer's numbers.
 */
export function rateInputs(
  config: TrainConfig,
  learningRate: number,
  scales: readonly number[],
  steps: readonly number[],
): HostInputs {
  const hyper = Object.values(optimizerNamed(config.optimizer.name).hyper).map((number) => number(config.optimizer));
  return {
    rates: { dtype: 'float32', shape: [scales.length], data: Float32Array.from(scales, (s) => s * learningRate) },
    steps: { dtype: 'float32', shape: [steps.length], data: Float32Array.from(steps) },
    hyper: { dtype: 'float32', shape: [hyper.length], data: Float32Array.from(hyper) },
  };
}
