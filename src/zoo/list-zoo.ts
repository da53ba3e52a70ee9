import { resolve } from 'node:path';
import type { ZooEntry } from '../protocol/zoo-entry.ts';
import type { ZooModel } from './manifest.ts';
import { isInstalled, readRecords, weightsPath } from './zoo-folder.ts';

/** A model with all that the manifest knows of it and where its file is. */
export interface ZooListing extends ZooEntry, Omit<ZooModel, keyof ZooEntry> {
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
  return { ...model, inputSize: model.preprocessing.inputSize, installed, path };
}
