import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Throttle } from '../base/throttle.ts';
import { AnnealError } from '../base/errors.ts';
import type { Dataset, Picture, Problem } from '../protocol/dataset.ts';
import { contentHash } from './content-hash.ts';
import { asProblem } from './file-problem.ts';
import { labelProblems } from './label-problems.ts';
import type { LabelledFile } from './layout.ts';
import { listLabelled } from './list-labelled.ts';
import { classNames, inOrder } from './picture-order.ts';
import { pictureSeries } from './picture-series.ts';
import { readFacts } from './read-facts.ts';
import { defaultConcurrency, runPool } from './run-pool.ts';
import { ScanCache, type FileFacts } from './scan-cache.ts';

export interface ScanOptions {
  /** Called at most ten times a second, and at the end. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Where facts are kept between scans of this root; one file a root. */
  readonly cacheFile?: string;
  /** A single class is no error. */
  readonly oneClass?: boolean;
}

type ReadFile = LabelledFile & { bytes: number; modifiedMs: number; facts: FileFacts };
type ReadPicture = ReadFile & { facts: Extract<FileFacts, { sha256: string }> };

/**
 * A folder of pictures as a Dataset. Files that cannot be used are listed in `problems` and the scan goes on; the order of
 * pictures is that of split folders, classes and names, so equal folders give equal datasets.
 *
 * Throws AnnealError: `data.rootMissing | data.rootIsFile | data.rootDenied | data.emptyFolder | data.noClasses |
 * data.onlyBroken | data.oneClass`; the signal's reason when aborted.
 */
export async function scanFolder(root: string, options: ScanOptions = {}): Promise<Dataset> {
  const { files, problems } = await listLabelled(root, options.signal ? { signal: options.signal } : {});
  const read = await readAll(root, files, options, problems);
  return buildDataset(root, read, problems, options.oneClass ? 1 : 2);
}

async function readAll(
  root: string,
  files: readonly LabelledFile[],
  { onProgress, signal, cacheFile }: ScanOptions,
  problems: Problem[],
): Promise<ReadPicture[]> {
  const cache = await ScanCache.open(cacheFile, root);
  const read: (ReadPicture | Problem | undefined)[] = new Array(files.length);
  let done = 0;
  const saving = new Throttle(20_000);
  saving.restart();
  try {
    await runPool(files.length, defaultConcurrency, async (index) => {
      signal?.throwIfAborted();
      read[index] = await readOne(root, files[index]!, cache);
      done++;
      onProgress?.(done, files.length);
      if (saving.passes()) await cache.save();
    });
  } catch (error) {
    await cache.save(); // a scan that was stopped goes on where it was
    throw error;
  }
  await cache.save(new Set(files.map((file) => file.path)));
  const pictures: ReadPicture[] = [];
  for (const result of read) {
    if (result && 'facts' in result) pictures.push(result);
    else if (result) problems.push(result);
  }
  return pictures;
}

async function readOne(root: string, file: LabelledFile, cache: ScanCache): Promise<ReadPicture | Problem> {
  const path = join(root, file.path);
  try {
    const { size, mtimeMs, ...kind } = await stat(path).then((s) => ({
      size: s.size,
      mtimeMs: s.mtimeMs,
      isFile: s.isFile(),
    }));
    if (!kind.isFile) return { path: file.path, code: 'data.notAPicture', params: { found: 'folder' } };
    let facts = cache.get(file.path, size, mtimeMs);
    if (!facts) {
      facts = await readFacts(path, size);
      cache.set(file.path, size, mtimeMs, facts);
    }
    if ('refused' in facts) return { path: file.path, ...facts.refused };
    return { ...file, bytes: size, modifiedMs: mtimeMs, facts };
  } catch (error) {
    return { path: file.path, ...asProblem(error) };
  }
}

function buildDataset(root: string, read: readonly ReadPicture[], problems: Problem[], fewestClasses: number): Dataset {
  if (read.length === 0) {
    const sample = problems.slice(0, 3).map((problem) => problem.path);
    throw new AnnealError('data.onlyBroken', { root, count: problems.length, sample });
  }
  const trainable = dropUntrainableClasses(read, problems);
  const classes = classNames(trainable);
  if (classes.length < fewestClasses)
    throw new AnnealError('data.oneClass', { root, class: classes[0] ?? '', count: trainable.length });
  const ordered = inOrder(trainable, classes);
  const series = pictureSeries(
    ordered.map(({ file, label }) => {
      const { facts, given, askedGroup = null } = file;
      return { ...facts, name: nameInClass(file), label, given, askedGroup };
    }),
  );
  const pictures = ordered.map(({ file, label }, index): Picture => {
    const { sha256, width, height, format, turned } = file.facts;
    const { path, given, bytes, modifiedMs } = file;
    const why = series.reasons[index];
    const group = series.groups[index]!;
    const record = { path, label, sha256, width, height, format, group, given, bytes, modifiedMs };
    return { ...record, ...(why ? { why } : {}), ...(turned ? { turned } : {}) };
  });
  problems.push(...labelProblems({ pictures, classes }));
  const pathOf = (index: number) => pictures[index]!.path;
  const pairs = series.pairs.map(({ a, b, why, similarity }) => ({ a: pathOf(a), b: pathOf(b), why, similarity }));
  const content = { classes, pictures };
  return { formatVersion: 2, root, ...content, problems, pairs, contentHash: contentHash(content) };
}

/** The folder of the class and of the part say nothing of a series. */
const nameInClass = ({ path, classFolder = '' }: LabelledFile): string =>
  path.startsWith(`${classFolder}/`) ? path.slice(classFolder.length + 1) : path;

/** Where the folder gives roles, a class without a training picture can be neither learned nor judged. */
function dropUntrainableClasses(read: readonly ReadPicture[], problems: Problem[]): readonly ReadPicture[] {
  if (!read.some((picture) => picture.given === 'train')) return read;
  const trainedClasses = new Set(
    read.filter((picture) => picture.given === 'train' || !picture.given).map((p) => p.className),
  );
  const unknown = new Map<string, number>();
  for (const { className } of read)
    if (!trainedClasses.has(className)) unknown.set(className, (unknown.get(className) ?? 0) + 1);
  for (const [name, count] of unknown)
    problems.push({ path: name, code: 'data.untrainedClass', params: { class: name, count } });
  return read.filter((picture) => trainedClasses.has(picture.className));
}
