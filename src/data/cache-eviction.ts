import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { checksSuffix, picturesSuffix } from './picture-store.ts';

interface StoredCache {
  readonly key: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** Caches in `folder`, least recently used first. */
async function listCaches(folder: string): Promise<StoredCache[]> {
  const keys = new Set<string>();
  for (const name of await readdir(folder)) {
    for (const suffix of [picturesSuffix, checksSuffix])
      if (name.endsWith(suffix)) keys.add(name.slice(0, -suffix.length));
  }
  const caches: StoredCache[] = [];
  for (const key of keys) {
    const pictures = await stat(join(folder, key + picturesSuffix)).catch(() => null);
    const checks = await stat(join(folder, key + checksSuffix)).catch(() => null);
    // Blocks, not length: a cache that is being built has holes.
    caches.push({ key, bytes: (pictures?.blocks ?? 0) * 512, usedMs: checks?.mtimeMs ?? 0 });
  }
  return caches.sort((a, b) => a.usedMs - b.usedMs);
}

/**
 * Removes least recently used caches until `bytes` for `key` fit under `limitBytes` together with the rest. A process that
 * still reads a removed cache keeps its open file.
 */
export async function evictCaches(folder: string, key: string, bytes: number, limitBytes: number): Promise<void> {
  const otherCaches = (await listCaches(folder)).filter((cache) => cache.key !== key);
  let total = otherCaches.reduce((sum, cache) => sum + cache.bytes, bytes);
  for (const cache of otherCaches) {
    if (total <= limitBytes) return;
    for (const suffix of [picturesSuffix, checksSuffix])
      await rm(join(folder, cache.key + suffix), { force: true }).catch(() => undefined);
    total -= cache.bytes;
  }
}

/** Bytes that `key` still has to take from the disk, and those that are free there. */
export async function spaceFor(folder: string, key: string, bytes: number): Promise<{ needed: number; free: number }> {
  const present = await stat(join(folder, key + picturesSuffix)).catch(() => null);
  const { bavail, bsize } = await statfs(folder);
  return { needed: Math.max(0, bytes - (present?.blocks ?? 0) * 512), free: bavail * bsize };
}
