import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AnnealError } from '../base/errors.ts';
import type { UploadPlan } from '../protocol/browser-host.ts';
import { isPlainName, isPlainRelativePath } from './inside.ts';

const unfinishedPrefix = '.unfinished-';
/** A page that was closed in the middle leaves its copy behind for so long. */
const idleMilliseconds = 10 * 60_000;
/** By then a single file has been read, by an import or a prediction, and no server still takes an unfinished copy. */
const keptMilliseconds = 24 * 60 * 60_000;
const openLimit = 16;
/** Left free on the disk for what training writes. */
const reserveBytes = 200e6;

interface Upload {
  readonly plan: UploadPlan;
  readonly folder: string;
  files: number;
  /** Bytes that arrived or are arriving. */
  bytes: number;
  writing: number;
  timer: NodeJS.Timeout;
}

/**
 * Copies of what was dropped onto a page: a folder under its own name in `folder`, a single file in a folder of its own in
 * `folder`/files. Nothing stands under its final name before all of it is there.
 */
export class Uploads {
  readonly #folder: string;
  readonly #open = new Map<string, Upload>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folders and removes old single files and what earlier servers left unfinished. */
  async prepare(): Promise<void> {
    const files = join(this.#folder, 'files');
    await mkdir(files, { recursive: true });
    for (const [folder, name] of [...(await namesIn(this.#folder)), ...(await namesIn(files))]) {
      const path = join(folder, name);
      const mayGo = folder === files || name.startsWith(unfinishedPrefix);
      if (mayGo && Date.now() - (await stat(path)).mtimeMs > keptMilliseconds) await remove(path);
    }
  }

  /** @throws host.badName, host.tooManyUploads, host.noRoom */
  async begin(plan: UploadPlan): Promise<string> {
    if (!isPlainName(plan.name) || plan.name.startsWith('.'))
      throw new AnnealError('host.badName', { name: plan.name });
    if (this.#open.size >= openLimit) throw new AnnealError('host.tooManyUploads', { limit: openLimit });
    const { bavail, bsize } = await statfs(this.#folder);
    const free = Math.max(0, bavail * bsize - reserveBytes);
    if (plan.bytes > free) throw new AnnealError('host.noRoom', { bytes: plan.bytes, free }, { kind: 'failure' });
    const id = randomBytes(12).toString('hex');
    const folder = join(this.#folder, `${unfinishedPrefix}${id}`);
    await mkdir(folder);
    const timer = setTimeout(() => void this.giveUp(id), idleMilliseconds);
    timer.unref();
    this.#open.set(id, { plan, folder, files: 0, bytes: 0, writing: 0, timer });
    return id;
  }

  /**
   * Writes one file of `length` bytes. `path`: relative, '/'-separated; for a single file its name.
   * @throws host.badName, host.unknownUpload, host.uploadTooBig, host.exists, host.uploadCut
   */
  async write(id: string, path: string, length: number, content: Readable): Promise<void> {
    const upload = this.#find(id);
    if (!isPlainRelativePath(path)) throw new AnnealError('host.badName', { name: path });
    if (upload.plan.kind === 'file' && path !== upload.plan.name) throw new AnnealError('host.badName', { name: path });
    const { plan } = upload;
    if (upload.files + 1 > plan.files || upload.bytes + length > plan.bytes) {
      throw new AnnealError('host.uploadTooBig', { files: plan.files, bytes: plan.bytes });
    }
    upload.files++;
    upload.bytes += length;
    upload.writing++;
    upload.timer.refresh();
    const target = join(upload.folder, ...path.split('/'));
    let arrived = 0;
    try {
      await mkdir(dirname(target), { recursive: true });
      content.on('data', (chunk: Buffer) => {
        arrived += chunk.length;
        upload.timer.refresh();
      });
      await pipeline(content, createWriteStream(target, { flags: 'wx' }));
      if (arrived !== length) throw new AnnealError('host.uploadCut', { name: path });
    } catch (error) {
      upload.files--;
      upload.bytes -= length;
      const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (there) throw new AnnealError('host.exists', { path }, { cause: error });
      await rm(target, { force: true });
      throw error;
    } finally {
      upload.writing--;
    }
  }

  /** Gives the copy its name and tells its path. @throws host.unknownUpload, host.uploadCut */
  async finish(id: string): Promise<string> {
    const upload = this.#find(id);
    const { plan } = upload;
    if (upload.writing > 0 || upload.files !== plan.files) throw new AnnealError('host.uploadCut', { name: plan.name });
    this.#forget(id, upload);
    if (plan.kind === 'folder') return moveToFreeName(upload.folder, this.#folder, plan.name);
    return join(await moveToFreeName(upload.folder, join(this.#folder, 'files'), id), plan.name);
  }

  /** Removes what was copied. */
  async giveUp(id: string): Promise<void> {
    const upload = this.#open.get(id);
    if (!upload) return;
    this.#forget(id, upload);
    await remove(upload.folder);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((id) => this.giveUp(id)));
  }

  #find(id: string): Upload {
    const upload = this.#open.get(id);
    if (!upload) throw new AnnealError('host.unknownUpload');
    return upload;
  }

  #forget(id: string, upload: Upload): void {
    clearTimeout(upload.timer);
    this.#open.delete(id);
  }
}

/** 'flowers', else 'flowers 2', 'flowers 3', … */
async function moveToFreeName(from: string, folder: string, name: string): Promise<string> {
  for (let i = 1; ; i++) {
    const target = join(folder, i === 1 ? name : `${name} ${i}`);
    // To make it is to take it: a name that somebody else takes at the same time is then theirs.
    const taken = await mkdir(target).then(
      () => false,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return true;
        throw error;
      },
    );
    if (taken) continue;
    // An empty folder gives way to a rename, but for Windows.
    if (process.platform === 'win32') await rmdir(target);
    await rename(from, target);
    return target;
  }
}

const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 3 });

async function namesIn(folder: string): Promise<[string, string][]> {
  return (await readdir(folder)).map((name) => [folder, name]);
}
