import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import type { Dataset, Picture, Problem } from '../protocol/dataset.ts';
import { readCsvLayout } from './csv-list.ts';
import { groupDuplicates } from './duplicate-groups.ts';
import { readFolderLayout, type LabelledFile, type Layout } from './layout.ts';
import { hasFiles, listFiles } from './list-files.ts';
import { asProblem, readFacts } from './read-facts.ts';
import { defaultConcurrency, runPool } from './run-pool.ts';
import { ScanCache, type FileFacts } from './scan-cache.ts';

export interface ScanOptions {
  /** Called at most ten times a second, and at the end. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Where facts are kept between scans of this root; one file a root. */
  readonly cacheFile?: string;
}

type ReadFile = LabelledFile & { bytes: number; modifiedMs: number; facts: FileFacts };
export type ReadPicture = ReadFile & { facts: Extract<FileFacts, { sha256: string }> };

/**
 * A folder of pictures as a Dataset. Files that cannot be used are listed in `problems` and the scan goes on; the order of
 * pictures is that of split folders, classes and names, so equal folders give equal datasets.
 *
 * Throws AnnealError: `data.rootMissing | data.rootIsFile | data.rootDenied | data.emptyFolder | data.noClasses |
 * data.onlyBroken | data.oneClass`; the signal's reason when aborted.
 */
export async function scanFolder(root: string, options: ScanOptions = {}): Promise<Dataset> {
  await checkRoot(root);
  const problems: Problem[] = [];
  const tree = await listFiles(
    root,
    (path) => problems.push({ path, code: 'data.noPermission', params: {} }),
    options.signal,
  ).catch((error: unknown) => {
    throw rootError(root, error);
  });
  const layout = await readLayout(root, tree);
  problems.push(...layout.problems);
  if (layout.files.length === 0)
    throw new AnnealError(hasFiles(tree) ? 'data.noClasses' : 'data.emptyFolder', { root });

  const read = await readAll(root, layout.files, options, problems);
  return buildDataset(root, read, problems);
}

async function checkRoot(root: string): Promise<void> {
  const found = await stat(root).catch((error: unknown) => {
    throw rootError(root, error);
  });
  if (!found.isDirectory()) throw new AnnealError('data.rootIsFile', { root });
}

function rootError(root: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AnnealError('data.rootMissing', { root });
  if (code === 'EACCES' || code === 'EPERM') return new AnnealError('data.rootDenied', { root });
  return error;
}

/** `metadata.csv` is meant as the list; another CSV file counts only where folders give no two classes. */
async function readLayout(root: string, tree: Awaited<ReturnType<typeof listFiles>>): Promise<Layout> {
  const metadata = await readCsvLayout(root, tree, 'metadata');
  if (metadata) return metadata;
  const folders = readFolderLayout(tree);
  if (new Set(folders.files.map((file) => file.className)).size >= 2) return folders;
  return (await readCsvLayout(root, tree, 'any')) ?? folders;
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
  let lastTold = 0;
  let lastSaved = Date.now();
  try {
    await runPool(files.length, defaultConcurrency, async (index) => {
      signal?.throwIfAborted();
      read[index] = await readOne(root, files[index]!, cache);
      done++;
      const now = Date.now();
      if (now - lastTold >= 100) {
        lastTold = now;
        onProgress?.(done, files.length);
      }
      if (now - lastSaved >= 20_000) {
        lastSaved = now;
        await cache.save();
      }
    });
  } catch (error) {
    await cache.save(); // a scan that was stopped goes on where it was
    throw error;
  }
  onProgress?.(done, files.length);
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

function buildDataset(root: string, read: readonly ReadPicture[], problems: Problem[]): Dataset {
  if (read.length === 0) {
    const sample = problems.slice(0, 3).map((problem) => problem.path);
    throw new AnnealError('data.onlyBroken', { root, count: problems.length, sample });
  }
  const trainable = dropUntrainableClasses(read, problems);
  const natural = new Intl.Collator('en', { numeric: true });
  const classes = [...new Set(trainable.map((picture) => picture.className))].sort(
    (a, b) => natural.compare(a, b) || (a < b ? -1 : 1),
  );
  if (classes.length < 2)
    throw new AnnealError('data.oneClass', { root, class: classes[0] ?? '', count: trainable.length });
  const labels = new Map(classes.map((name, label) => [name, label]));
  const roles = { train: 0, validation: 1, test: 2 };
  const ordered = trainable
    .map((picture) => ({ picture, label: labels.get(picture.className)! }))
    .sort(
      (a, b) =>
        (a.picture.given ? roles[a.picture.given] : 0) - (b.picture.given ? roles[b.picture.given] : 0) ||
        a.label - b.label ||
        natural.compare(a.picture.path, b.picture.path) ||
        (a.picture.path < b.picture.path ? -1 : 1),
    );
  const groups = groupDuplicates(ordered.map(({ picture }) => picture.facts));
  const pictures = ordered.map(({ picture, label }, index): Picture => {
    const { sha256, width, height, format, turned } = picture.facts;
    const { path, given, bytes, modifiedMs } = picture;
    const record = { path, label, sha256, width, height, format, group: groups[index]!, given, bytes, modifiedMs };
    return turned ? { ...record, turned } : record;
  });
  tellConflicts(pictures, classes, problems);
  tellSmallClasses(pictures, classes, problems);
  return { formatVersion: 1, root, classes, pictures, problems, contentHash: contentHash(classes, pictures) };
}

/** Where the folder gives roles, a class without a training picture can be neither learned nor judged. */
function dropUntrainableClasses(read: readonly ReadPicture[], problems: Problem[]): readonly ReadPicture[] {
  if (!read.some((picture) => picture.given === 'train')) return read;
  const known = new Set(read.filter((picture) => picture.given === 'train' || !picture.given).map((p) => p.className));
  const unknown = new Map<string, number>();
  for (const { className } of read)
    if (!known.has(className)) unknown.set(className, (unknown.get(className) ?? 0) + 1);
  for (const [name, count] of unknown)
    problems.push({ path: name, code: 'data.untrainedClass', params: { class: name, count } });
  return read.filter((picture) => known.has(picture.className));
}

/** The same file under two classes: both are kept, in one group, and told. */
function tellConflicts(pictures: readonly Picture[], classes: readonly string[], problems: Problem[]): void {
  const first = new Map<string, Picture>();
  for (const picture of pictures) {
    const earlier = first.get(picture.sha256);
    if (!earlier) first.set(picture.sha256, picture);
    else if (earlier.label !== picture.label) {
      const params = { class: classes[picture.label]!, other: earlier.path, otherClass: classes[earlier.label]! };
      problems.push({ path: picture.path, code: 'data.labelConflict', params });
    }
  }
}

function tellSmallClasses(pictures: readonly Picture[], classes: readonly string[], problems: Problem[]): void {
  const counts = new Int32Array(classes.length);
  for (const { label } of pictures) counts[label]!++;
  classes.forEach((name, label) => {
    if (counts[label]! < 2)
      problems.push({ path: name, code: 'data.smallClass', params: { class: name, count: counts[label]! } });
  });
}

function contentHash(classes: readonly string[], pictures: readonly Picture[]): string {
  const hash = createHash('sha256').update(JSON.stringify(classes));
  for (const { path, sha256, label, given } of pictures) hash.update(JSON.stringify([path, sha256, label, given]));
  return hash.digest('hex');
}
