import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode, type StoredKind } from '../stored/kind.ts';
import { encodeSafetensors, readSafetensors } from '../weights/safetensors.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';

/** What a finished stage leaves behind: plain data and arrays. */
export interface StageResult<T> {
  readonly value: T;
  readonly tensors: Record<string, HostTensor>;
}

/**
 * Runs a stage of a run once: its result is kept in `<runFolder>/stages/<key>.*`, and a resumed run reads it instead of
 * computing it again. The JSON file is written last, so a stage without it has not happened.
 */
export async function stage<T>(
  runFolder: string,
  key: string,
  kind: StoredKind<T>,
  work: () => Promise<StageResult<T>>,
): Promise<StageResult<T>> {
  const folder = join(runFolder, 'stages');
  const jsonPath = join(folder, `${key}.json`);
  const tensorPath = join(folder, `${key}.safetensors`);
  const text = await readFile(jsonPath, 'utf8').catch(() => null);
  if (text !== null) {
    const { tensors } = await readSafetensors(tensorPath);
    return { value: decode(kind, text, jsonPath), tensors: Object.fromEntries(tensors) };
  }
  const result = await work();
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(tensorPath, encodeSafetensors(result.tensors));
  await writeFileAtomic(jsonPath, encode(kind, result.value));
  return result;
}
