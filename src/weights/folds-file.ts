import { join } from 'node:path';
import { readSafetensors } from './safetensors.ts';

/** Name of the stage that keeps the folds of a run, and of its tensors: int32 [pool] each. */
export const foldsStage = 'folds';
interface FoldTensors {
  /** Indices into the dataset. */
  readonly pictures: Int32Array;
  /** Fold that holds the picture out. */
  readonly foldOf: Int32Array;
}

/** The folds that a run used; null of runs from before they were kept. */
export async function readFolds(runFolder: string): Promise<ReadonlyMap<number, number> | null> {
  const found = await readSafetensors(join(runFolder, 'stages', `${foldsStage}.safetensors`)).catch(() => null);
  const pictures = found?.tensors.get('pictures')?.data as Int32Array | undefined;
  const foldOf = found?.tensors.get('foldOf')?.data as Int32Array | undefined;
  if (!pictures || !foldOf) return null;
  return new Map(Array.from(pictures, (picture, row) => [picture, foldOf[row]!]));
}
