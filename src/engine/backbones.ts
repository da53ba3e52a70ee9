import { AnnealError } from '../base/errors.ts';
import { buildNet } from '../models/index.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { BackboneFile } from '../protocol/train-job.ts';
import { installedBackbones, resolveBackbone } from '../zoo/index.ts';

/**
 * The backbones a run may use, their checksums verified: all of this machine for 'auto', else the one named; none when training
 * starts from random weights.
 * @throws zoo.unknownModel and models.unknownArchitecture (with the nearest), zoo.notInstalled, zoo.checksumDiffers
 */
export async function chooseBackbones(config: TrainConfig, zooFolder: string): Promise<BackboneFile[]> {
  const { backbone, pretrained } = config.model;
  if (!pretrained) {
    buildNet(backbone);
    return [];
  }
  if (backbone !== 'auto') return [await resolveBackbone(backbone, zooFolder)];
  const problems: AnnealError[] = [];
  const found = await installedBackbones(zooFolder, (problem) => problems.push(problem));
  if (found.length === 0) throw problems[0] ?? new AnnealError('engine.noBackbones', {});
  return found;
}
