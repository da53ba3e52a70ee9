import { stat } from 'node:fs/promises';
import { AnnealError } from '../base/errors.ts';
import type { WeightsFile } from '../ensemble/ensemble-model.ts';
import { checkContent, type ModelFiles } from '../ensemble/model-folder.ts';
import { fileSource, type ByteSource } from '../weights/byte-source.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { openZip, type ZipArchive } from '../weights/zip-reader.ts';
import { manifestName, parseManifest } from './manifest.ts';

const largestManifestBytes = 16 * 2 ** 20;

/**
 * Opens an exported bundle. Nothing is unpacked to disk; every file must be what the manifest says, by size and sha256.
 * The file stays open until `close`. Throws `export.notFound | export.notABundle | export.absurdSize | export.strayFile | model.*`.
 */
export async function openBundle(path: string): Promise<ModelFiles> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AnnealError('export.notFound', { path }, { cause });
  });
  if (!found.isFile()) throw new AnnealError('export.notABundle', { path, detail: 'it is not a file' });
  const source = await fileSource(path);
  try {
    return await readBundle(path, source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function readBundle(path: string, source: ByteSource): Promise<ModelFiles> {
  const zip = await asBundle(path, () => openZip(source));
  const text = await readEntry(path, zip, manifestName, largestManifestBytes);
  if (!text) throw new AnnealError('export.notABundle', { path, detail: `it holds no ${manifestName}` });
  const manifest = parseManifest(new TextDecoder().decode(text), path);
  const expected = new Set([manifestName, ...manifest.files.map(({ file }) => file)]);
  const stray = [...zip.members.keys()].find((name) => !expected.has(name) && !name.endsWith('/'));
  if (stray !== undefined) throw new AnnealError('export.strayFile', { path, file: stray });
  const bytes = async (file: WeightsFile): Promise<Uint8Array> => {
    const data = await readEntry(path, zip, file.file, file.bytes);
    if (!data) throw new AnnealError('model.missingFile', { where: path, file: file.file });
    checkContent(data, file, path);
    return data;
  };
  // The small files now: a changed label list must not be found out after the predictions.
  for (const file of manifest.files) if (!file.file.endsWith('.safetensors')) await bytes(file);
  return {
    model: manifest.model,
    bytes,
    weights: async (file) => (await readSafetensors(`${path}:${file.file}`, await bytes(file))).tensors,
    close: () => source.close(),
  };
}

/** One entry of at most `limit` bytes; null when there is none. */
async function readEntry(path: string, zip: ZipArchive, name: string, limit: number): Promise<Uint8Array | null> {
  const member = zip.members.get(name);
  if (!member) return null;
  if (member.size > limit)
    throw new AnnealError('export.absurdSize', { path, file: name, received: member.size, limit });
  return asBundle(path, () => zip.read(name));
}

/** A zip file that is broken is no bundle. */
async function asBundle<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AnnealError)) throw error;
    const { problem, part, bytes, limit } = error.params;
    if (error.code === 'weights.tooLarge')
      throw new AnnealError(
        'export.absurdSize',
        { path, file: String(part), received: Number(bytes), limit: Number(limit) },
        { cause: error },
      );
    const detail = problem ?? (part === undefined ? error.code : `it ends too early, in its ${String(part)}`);
    throw new AnnealError('export.notABundle', { path, detail }, { cause: error });
  }
}
