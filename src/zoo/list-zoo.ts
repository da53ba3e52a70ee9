import { resolve } from 'node:path';
import { architectures } from '../models/index.ts';
import type { ZooEntry } from '../protocol/zoo-entry.ts';
import type { ZooModel } from './manifest.ts';
import { isInstalled, readRecords, weightsPath } from './zoo-folder.ts';

/** A model with all that manifest and architecture know of it and where its file is; nothing of this machine's speed. */
export interface ZooListing extends Omit<ZooEntry, 'speed' | 'suitability'>, Omit<ZooModel, keyof ZooEntry> {
  /** Absolute; null where it is not installed. */
  readonly path: string | null;
}

/** Every model: embedded, pullable, imported. Reads no weights. */
export async function listZoo(zooFolder: string): Promise<ZooListing[]> {
  const models = await readRecords(zooFolder);
  return await Promise.all(models.map((model) => toListing(model, zooFolder)));
}

export async function toListing(model: ZooModel, zooFolder: string): Promise<ZooListing> {
  const installed = await isInstalled(model, zooFolder);
  const path = installed ? resolve(weightsPath(model, zooFolder)) : null;
  const { preprocessing } = model;
  // A record of a newer version may name an architecture that is not built here.
  const architecture = architectures.get(model.architecture);
  return {
    ...model,
    inputSize: preprocessing.inputSize,
    installed,
    path,
    paper: architecture?.paper ?? null,
    layerGroups: architecture?.build({}).groups.map(({ name }) => name) ?? [],
  };
}
