import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { asProblem } from '../../data/file-problem.ts';
import type { Problem } from '../../protocol/dataset.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import { listZoo } from '../../zoo/index.ts';
import type { DatasetPictures } from '../datasets/dataset-pictures.ts';
import { runInLane } from '../run-in-lane.ts';
import { insideRoot } from '../media/inside-root.ts';
import { planNetwork } from '../planning/plan-network.ts';
import { planPictures } from '../planning/plan-pictures.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import type { CommandHandler } from './command-handler.ts';

/** Of the training pictures, for the normalisation of a network from random weights. */
const measuredPictures = 96;

/**
 * What the network of a configuration sees of pictures. Without a configuration: the default network, with its augmentation drawn
 * anew each epoch.
 */
export const previewPictures: CommandHandler<'previewPictures'> = async (
  { store, datasets, lanes, threads },
  { dataset, paths, config: settings, draws, seed },
  hooks,
) => {
  const pictures = datasets.pictures(datasets.idOf(dataset));
  const config = resolveConfig({ config: settings ?? { augment: { mode: 'online' } } });
  const { spec, name } = planNetwork(config, await listZoo(store.layout.zoo), sizesOf(pictures, config));
  const { files, problems } = await filesOf(pictures, paths);
  const { pretrained } = config.model;
  const { augment } = config;
  const measured = pretrained ? [] : trainingSample(pictures);
  const { preprocessing } = spec;
  const job = { kind: 'preview', pictures: files, preprocessing, measured, augment, draws, seed, threads } as const;
  const report = await runInLane<'preview'>(lanes.interactive, job, hooks);
  return { ...report, backbone: pretrained ? name : null, problems: [...problems, ...report.problems] };
};

/** Before sizes are known, pictures count as large. */
function sizesOf(pictures: DatasetPictures, config: TrainConfig): { classes: number; shortSide: number } {
  const { dataset } = pictures.effective;
  return pictures.listing ? { classes: dataset.classes.length, shortSide: 1024 } : planPictures(dataset, config);
}

/** Where they lie; what is not there, or lies outside the folder, as problems. @throws dataset.unknownPicture */
async function filesOf(
  pictures: DatasetPictures,
  paths: readonly string[],
): Promise<{ files: { path: string; file: string }[]; problems: Problem[] }> {
  const files: { path: string; file: string }[] = [];
  const problems: Problem[] = [];
  for (const path of paths) {
    if (pictures.indexOf(path) < 0) throw new AnnealError('dataset.unknownPicture', { path });
    try {
      files.push({ path, file: await insideRoot(pictures.scan.root, path) });
    } catch (error) {
      problems.push({ path, ...asProblem(error) });
    }
  }
  return { files, problems };
}

function trainingSample(pictures: DatasetPictures): string[] {
  const { dataset, indices } = pictures.effective;
  const train = dataset.pictures.filter((_, at) => pictures.roleOf(indices[at]!) === 'train');
  const stride = Math.max(1, Math.floor(train.length / measuredPictures));
  return train.filter((_, at) => at % stride === 0).map(({ path }) => join(dataset.root, path));
}
