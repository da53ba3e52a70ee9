import { readModelFolder, type ModelFiles } from '../ensemble/model-folder.ts';
import type { ModelRef } from '../protocol/lane-job.ts';
import { openBundle } from './bundle-reader.ts';

/** A run's model or an exported bundle. Throws what readModelFolder and openBundle throw. */
export function openModel(ref: ModelRef): Promise<ModelFiles> {
  return ref.kind === 'run' ? readModelFolder(ref.folder) : openBundle(ref.path);
}
