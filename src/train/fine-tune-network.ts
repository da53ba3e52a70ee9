import { fineTuneInputSize } from '../models/input-size.ts';
import type { HeadChoice } from './choose-head.ts';
import { pretrainedNetwork, type Network } from './network.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunContext } from './run-context.ts';

/** The chosen backbone at the size that fine-tuning works at; its head has no values yet. */
export async function networkToFineTune(
  context: RunContext,
  prepared: PreparedRun,
  choice: HeadChoice,
): Promise<Network> {
  const { config, dataset } = context.job;
  const shortSides = prepared.pool.map((picture) => {
    const { width, height } = dataset.pictures[picture]!;
    return Math.min(width, height);
  });
  const inputSize = config.model.inputSize ?? fineTuneInputSize(choice.backbone.preprocessing, shortSides);
  return pretrainedNetwork(choice.backbone, prepared.classes, config, inputSize);
}
