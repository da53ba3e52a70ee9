import { AnnealError } from '../base/errors.ts';
import type { WeightsFile } from '../ensemble/ensemble-model.ts';
import { checkContent, type ModelFiles } from '../ensemble/model-folder.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { manifestName, parseManifest, type Manifest } from './manifest.ts';
import { openZip } from './zip-file.ts';

const largestManifestBytes = 16 * 2 ** 20;

export interface Bundle extends ModelFiles {
  readonly manifest: Manifest;
}

/**
 * Opens an exported bundle. Nothing is unpacked to disk; every file must be what the manifest says, by size and sha256.
 * Throws `export.notFound | export.notABundle | export.absurdSize | export.tooLarge | model.*`.
 */
export async function openBundle(path: string): Promise<Bundle> {
  const zip = await openZip(path);
  const text = zip.read(manifestName, largestManifestBytes);
  if (!text) throw new AnnealError('export.notABundle', { path, detail: `it holds no ${manifestName}` });
  const manifest = parseManifest(new TextDecoder().decode(text), path);
  const expected = new Set([manifestName, ...manifest.files.map(({ file }) => file)]);
  const stray = [...zip.names].find((name) => !expected.has(name) && !name.endsWith('/'));
  if (stray !== undefined) throw new AnnealError('export.strayFile', { path, file: stray });
  const read = (file: WeightsFile): Uint8Array => {
    const data = zip.read(file.file, file.bytes);
    if (!data) throw new AnnealError('model.missingFile', { where: path, file: file.file });
    checkContent(data, file, path);
    return data;
  };
  // The small files now: a changed label list must not be found out after the predictions.
  for (const file of manifest.files) if (!file.file.endsWith('.safetensors')) read(file);
  return {
    manifest,
    model: manifest.model,
    bytes: (file) => Promise.resolve().then(() => read(file)),
    weights: async (file) => (await readSafetensors(`${path}:${file.file}`, read(file))).tensors,
    close: () => Promise.resolve(),
  };
}
