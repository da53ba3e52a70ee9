import { mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Tensor } from '../tensor/tf.ts';
import { tf } from '../tensor/tf.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { float32Tensor } from '../weights/host-tensor.ts';
import { decode, encode } from '../stored/kind.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { writeSafetensors } from '../weights/safetensors-writer.ts';
import type { HostState } from './safety/good-state.ts';
import { checkpointKind, type CheckpointPosition } from './checkpoint-position.ts';

export interface Checkpoint {
  readonly position: CheckpointPosition;
  /** Weights, optimizer slots and batch-norm statistics by name, runtime layout. */
  readonly state: Record<string, HostTensor>;
  /** What training can be put back to, of the same kind; null: the network before its first step. */
  readonly good: HostState | null;
}

/** Before the names of the good state's tensors; no parameter's name has a colon. */
const goodPrefix = 'good:';

const pathOf = (runFolder: string, key: string) => join(runFolder, 'checkpoints', `${key}.safetensors`);

/** Replaces the checkpoint of part `key` of a run. */
export async function saveCheckpoint(
  runFolder: string,
  key: string,
  position: CheckpointPosition,
  state: Record<string, Tensor>,
  good: HostState | null = null,
): Promise<void> {
  // Right where it was taken the good state is the state itself.
  const apart = position.goodIsStart || position.goodStep === position.step ? {} : (good ?? {});
  await mkdir(join(runFolder, 'checkpoints'), { recursive: true });
  const host: Record<string, HostTensor> = {};
  for (const [name, tensor] of Object.entries(state)) {
    host[name] = float32Tensor(tensor.shape, new Float32Array((await tensor.data()) as Float32Array));
  }
  for (const [name, tensor] of Object.entries(apart)) host[goodPrefix + name] = tensor;
  await writeSafetensors(pathOf(runFolder, key), host, { position: encode(checkpointKind, position) });
}

export async function loadCheckpoint(runFolder: string, key: string): Promise<Checkpoint | null> {
  const path = pathOf(runFolder, key);
  if (!existsSync(path)) return null;
  const { tensors, metadata } = await readSafetensors(path);
  const position = decode(checkpointKind, metadata['position'] ?? '', path);
  const isGood = ([name]: readonly [string, HostTensor]) => name.startsWith(goodPrefix);
  const state = Object.fromEntries([...tensors].filter((entry) => !isGood(entry)));
  const apart = [...tensors].filter(isGood).map(([name, tensor]) => [name.slice(goodPrefix.length), tensor] as const);
  const good = apart.length > 0 ? Object.fromEntries(apart) : state;
  return { position, state, good: position.goodIsStart ? null : good };
}

/** Removes it, and the network that star branches of that part started from. */
export async function removeCheckpoint(runFolder: string, key: string): Promise<void> {
  for (const name of [key, branchStartKey(key)]) await rm(pathOf(runFolder, name), { force: true });
}

/** Checkpoint of the first fine-tuned network of part `key`. */
export function branchStartKey(key: string): string {
  return `${key}-first`;
}

/** The caller disposes the tensors. */
export function stateTensors(state: Record<string, HostTensor>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(state).map(([name, { data, shape }]) => [name, tf.tensor(data as Float32Array, [...shape])]),
  );
}
