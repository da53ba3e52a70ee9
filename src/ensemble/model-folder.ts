import { createHash } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { modelFileName } from '../weights/model-file.ts';
import { encodeSafetensors, readSafetensors, type NamedTensors } from '../weights/safetensors.ts';
import type { EnsembleMember, EnsembleModel, WeightsFile } from './ensemble-model.ts';
import { parseModel } from './model-schema.ts';

/** An open model, wherever its files lie. Weights are read and checked when asked for. */
export interface ModelFiles {
  readonly model: EnsembleModel;
  /** Tensors of one of the model's files, by torch's names. Throws `model.missingFile | model.checksum`, or a `weights.*` error. */
  weights(file: WeightsFile): Promise<ReadonlyMap<string, HostTensor>>;
  /** The file's bytes, checked. */
  bytes(file: WeightsFile): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * Stores tensors under their content's hash and tells where: `trunk/<sha256>.safetensors` or `members/<sha256>.safetensors` in `folder`.
 * Writing the same tensors again changes nothing, so a snapshot repeated after a crash is one file.
 */
export async function storeWeights(
  folder: string,
  kind: 'trunk' | 'members',
  tensors: NamedTensors,
): Promise<WeightsFile> {
  const data = encodeSafetensors(tensors);
  const sha256 = hash(data);
  const file = `${kind}/${sha256}.safetensors`;
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  const stored = await stat(path).catch(() => null);
  if (stored?.size !== data.length) await writeFileAtomic(path, data);
  return { file, sha256, bytes: data.length };
}

/** Writes the record beside its weights; from here on the folder is a model. */
export async function writeModel(folder: string, model: EnsembleModel): Promise<void> {
  const text = `${JSON.stringify(model, null, 2)}\n`;
  parseModel(text, join(folder, modelFileName));
  await writeFileAtomic(join(folder, modelFileName), text);
}

/** An ensemble whose weights are still in memory. */
export interface EnsembleDraft extends Omit<EnsembleModel, 'trunk' | 'members'> {
  /** Tensors of the layers up to node `to`, by torch's names; null: members are whole. */
  readonly trunk: { readonly to: string; readonly tensors: NamedTensors } | null;
  readonly members: readonly (Omit<EnsembleMember, keyof WeightsFile> & { readonly tensors: NamedTensors })[];
}

/** Writes weights first, then the record; `folder` is made when it is not there. */
export async function writeModelFolder(folder: string, draft: EnsembleDraft): Promise<EnsembleModel> {
  await mkdir(folder, { recursive: true });
  const trunk = draft.trunk && { to: draft.trunk.to, ...(await storeWeights(folder, 'trunk', draft.trunk.tensors)) };
  const members: EnsembleMember[] = [];
  for (const { tensors, ...member } of draft.members) {
    members.push({ ...member, ...(await storeWeights(folder, 'members', tensors)) });
  }
  const model: EnsembleModel = { ...draft, trunk, members };
  await writeModel(folder, model);
  return model;
}

/** Opens a folder written by writeModel. Throws `model.missing`, or what parseModel throws. */
export async function readModelFolder(folder: string): Promise<ModelFiles> {
  const path = join(folder, modelFileName);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AnnealError('model.missing', { folder }, { cause });
  });
  const model = parseModel(text, path);
  const bytes = async (file: WeightsFile) => {
    const data = await readFile(join(folder, file.file)).catch((cause: unknown) => {
      throw new AnnealError('model.missingFile', { where: folder, file: file.file }, { cause });
    });
    checkContent(data, file, folder);
    return data;
  };
  return {
    model,
    bytes,
    weights: async (file) => (await readSafetensors(join(folder, file.file), await bytes(file))).tensors,
    close: () => Promise.resolve(),
  };
}

/** Throws `model.checksum` unless the bytes are those that were written. */
export function checkContent(data: Uint8Array, file: WeightsFile, where: string): void {
  const received = hash(data);
  if (data.length === file.bytes && received === file.sha256) return;
  throw new AnnealError('model.checksum', {
    where,
    file: file.file,
    expected: `${file.bytes} bytes, sha256 ${file.sha256}`,
    received: `${data.length} bytes, sha256 ${received}`,
  });
}

function hash(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
