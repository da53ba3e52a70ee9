import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Problem } from '../protocol/dataset.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import type { PictureHash } from './picture-hash.ts';

/** What reading a file's content gave; true as long as its size and time of change stay. */
export type FileFacts =
  | {
      readonly sha256: string;
      readonly width: number;
      readonly height: number;
      readonly format: string;
      readonly turned: boolean;
      /** By the camera's clock, milliseconds; null where the file does not say. */
      readonly takenMs: number | null;
      readonly hash: PictureHash;
    }
  | { readonly refused: Pick<Problem, 'code' | 'params'> };

interface Entry {
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly facts: FileFacts;
}

/** Raised whenever reading would give other facts for the same bytes. */
const formatVersion = 2;

/** Remembers facts by path, size and time of change, so that a second scan reads no content. A damaged file counts as none. */
export class ScanCache {
  readonly #file: string | undefined;
  readonly #root: string;
  readonly #entries = new Map<string, Entry>();
  #changed = 0;

  private constructor(file: string | undefined, root: string) {
    this.#file = file;
    this.#root = resolve(root);
  }

  static async open(file: string | undefined, root: string): Promise<ScanCache> {
    const cache = new ScanCache(file, root);
    if (file === undefined) return cache;
    try {
      const stored = JSON.parse(await readFile(file, 'utf8')) as {
        formatVersion: number;
        root: string;
        entries: Record<string, Entry>;
      };
      if (stored.formatVersion === formatVersion && stored.root === cache.#root) {
        for (const [path, entry] of Object.entries(stored.entries)) cache.#entries.set(path, entry);
      }
    } catch {
      // absent or damaged: everything is read anew
    }
    return cache;
  }

  get(path: string, bytes: number, modifiedMs: number): FileFacts | undefined {
    const entry = this.#entries.get(path);
    return entry?.bytes === bytes && entry.modifiedMs === modifiedMs ? entry.facts : undefined;
  }

  set(path: string, bytes: number, modifiedMs: number, facts: FileFacts): void {
    this.#entries.set(path, { bytes, modifiedMs, facts });
    this.#changed++;
  }

  /** Writes what is known; with `paths`, forgets files that are no longer there. A scan never fails because its cache cannot be written. */
  async save(paths?: ReadonlySet<string>): Promise<void> {
    if (this.#file === undefined || this.#changed === 0) return;
    if (paths) for (const path of this.#entries.keys()) if (!paths.has(path)) this.#entries.delete(path);
    this.#changed = 0;
    const text = JSON.stringify({ formatVersion, root: this.#root, entries: Object.fromEntries(this.#entries) });
    await writeFileAtomic(this.#file, text).catch(() => undefined);
  }
}
