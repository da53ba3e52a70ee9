import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { BackboneFile } from '../protocol/train-job.ts';
import { sha256OfFile } from './file-hash.ts';
import type { ZooModel } from './manifest.ts';
import { isInstalled, readRecords, weightsPath } from './zoo-folder.ts';

/** Checksums that this process has computed, by path, size and time of change: a file is hashed once. */
const verified = new Map<string, string>();

/** The record of that name. Throws `zoo.unknownModel`, naming the nearest and all known. */
export async function findModel(name: string, zooFolder: string): Promise<ZooModel> {
  const models = await readRecords(zooFolder);
  const model = models.find((candidate) => candidate.name === name);
  if (model) return model;
  throw unknownModel(name, models);
}

export function unknownModel(name: string, models: readonly { readonly name: string }[]): AnnealError {
  const names = models.map((model) => model.name);
  return new AnnealError('zoo.unknownModel', { name, known: names, nearest: nearest(name, names) });
}

/** A pretrained network on this machine, its file's checksum equal to the manifest's. Throws where it is missing or differs. */
export async function resolveBackbone(name: string, zooFolder: string): Promise<BackboneFile> {
  const model = await findModel(name, zooFolder);
  if (!(await isInstalled(model, zooFolder)))
    throw new AnnealError('zoo.notInstalled', { name, pullable: model.package !== null });
  return await verifiedFile(model, zooFolder);
}

/** Every backbone that can be used now, in the manifest's order; one whose file is damaged is left out and reported. */
export async function installedBackbones(
  zooFolder: string,
  onProblem: (problem: AnnealError) => void,
): Promise<BackboneFile[]> {
  const found: BackboneFile[] = [];
  for (const model of await readRecords(zooFolder)) {
    if (!(await isInstalled(model, zooFolder))) continue;
    try {
      found.push(await verifiedFile(model, zooFolder));
    } catch (error) {
      if (!(error instanceof AnnealError)) throw error;
      onProblem(error);
    }
  }
  return found;
}

async function verifiedFile(model: ZooModel, zooFolder: string): Promise<BackboneFile> {
  const path = resolve(weightsPath(model, zooFolder));
  const { size, mtimeMs } = await stat(path);
  const key = `${path}\n${size}\n${mtimeMs}`;
  const sha256 = verified.get(key) ?? (await sha256OfFile(path));
  if (sha256 !== model.sha256) {
    throw new AnnealError('zoo.checksumDiffers', {
      what: path,
      expected: model.sha256,
      received: sha256,
      hint: repairHint(model),
    });
  }
  verified.set(key, sha256);
  const { name, architecture, preprocessing } = model;
  return { name, architecture, path, sha256, preprocessing };
}

function repairHint(model: ZooModel): string {
  if (model.embedded) return 'The installation is damaged: install Anneal again.';
  return model.package
    ? `Fetch it again: anneal zoo pull ${model.name}`
    : `Remove "${model.name}" and import it again.`;
}
