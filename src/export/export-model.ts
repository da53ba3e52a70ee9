import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { exportFormat, type ExportFormat } from '../protocol/formats/index.ts';
import { exportOptions } from '../protocol/formats/options.ts';
import type { ExportReport, ModelRef } from '../protocol/lane-job.ts';
import type { RunFacts } from '../protocol/model-card.ts';
import { nativeBackend } from '../tensor/native.ts';
import { syncFolder } from '../weights/atomic-file.ts';
import type { ExportedModel, Exporter } from './exporter.ts';
import { exporters } from './exporters/index.ts';
import { modelCard } from './model-card.ts';
import { openModel } from './open-model.ts';
import { referenceAnswers } from './reference-answers.ts';
import { removeAbandoned, temporaryPath } from './temporary-path.ts';
import { compareAnswers, disputedPicture, readVerificationPictures, requireSameAnswers } from './verify.ts';

export interface ExportRequest {
  readonly model: ModelRef;
  readonly format: ExportFormat;
  /** A file or a folder as the format has it; must not be there yet. Missing parent folders are made. */
  readonly path: string;
  /** Switches of the format. */
  readonly options?: Readonly<Record<string, boolean>>;
  /** For the card; null where only a bundle is known. */
  readonly run: RunFacts | null;
  /** Real pictures that the export is asked about before it is called done; absolute paths. */
  readonly pictures: readonly string[];
  /** Of this application and its runtime, for the manifest. */
  readonly versions: Readonly<Record<string, string>>;
  /** Called as each step begins. */
  readonly onStep?: (step: 'write' | 'load' | 'compare') => void;
}

/**
 * Writes an export under a temporary name, loads it again as its users will, compares its answers with the reference's on real
 * pictures, and only then gives it its name. The runtime must be loaded.
 * Throws `export.exists | export.unknownOption | export.needsNative | export.noPictures | export.differs | export.cannotWrite`, and
 * what opening the model throws.
 */
export async function exportModel(request: ExportRequest): Promise<ExportReport> {
  const path = resolve(request.path);
  const { format } = request;
  const options = exportOptions(format, request.options);
  if (exportFormat(format).needsNative && !nativeBackend())
    throw new AnnealError('export.needsNative', { format }, { kind: 'failure' });
  if (await exists(path)) throw new AnnealError('export.exists', { path });
  const files = await openModel(request.model);
  try {
    const pictures = await readVerificationPictures(request.pictures, files.model.preprocessing);
    const expected = await referenceAnswers(files, pictures);
    const model: ExportedModel = { files, card: modelCard(files.model, request.run), versions: request.versions };
    const exporter: Exporter = exporters[format];
    request.onStep?.('write');
    const fileName = basename(path);
    const temporary = temporaryPath(path);
    try {
      await writable(path, async () => {
        await mkdir(dirname(path), { recursive: true });
        await removeAbandoned(path);
        await exporter.write(model, { path: temporary, fileName }, options);
      });
      request.onStep?.('load');
      const received = await exporter.runBack(temporary, model, pictures, options);
      request.onStep?.('compare');
      const { labels } = files.model;
      const verification = compareAnswers(expected, received, labels.length, exporter.tolerance(options));
      requireSameAnswers(verification, format, () => disputedPicture(expected, received, labels, pictures.paths));
      const { bytes, sha256 } = await measure(temporary);
      await writable(path, async () => {
        await rename(temporary, path);
        await syncFolder(dirname(path));
      });
      return { format, path, bytes, sha256, verification };
    } catch (error) {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  } finally {
    await files.close();
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The file system's own words become part of one of our errors. */
async function writable(path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AnnealError || !(error instanceof Error) || !('code' in error)) throw error;
    throw new AnnealError('export.cannotWrite', { path, detail: error.message }, { cause: error });
  }
}

/** Bytes of a file or of all files in a folder; the sha256 of a folder is that of its lines `<sha256>  <path>`, sorted. */
async function measure(path: string): Promise<{ bytes: number; sha256: string }> {
  if ((await stat(path)).isFile()) return { bytes: (await stat(path)).size, sha256: await hashFile(path) };
  const names = (await readdir(path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const lines: string[] = [];
  let bytes = 0;
  for (const entry of names) {
    const file = join(entry.parentPath, entry.name);
    bytes += (await stat(file)).size;
    lines.push(`${await hashFile(file)}  ${file.slice(path.length + 1).replaceAll('\\', '/')}\n`);
  }
  return { bytes, sha256: createHash('sha256').update(lines.sort().join('')).digest('hex') };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
