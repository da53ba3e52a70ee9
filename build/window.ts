import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AnnealError } from '../src/base/errors.ts';
import { withLock } from './setup/lock.ts';
import type { Log } from './setup/tensorflow-runtime.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Where hosts look for the built window. */
export const windowFolder = join(root, 'dist', 'renderer');
const stampFile = join(root, 'dist', 'renderer.stamp');

/** All that the window is made of: its own sources, the pure folders that it imports, and the tools. */
const sources = [
  'renderer',
  ...['base', 'protocol', 'messages', 'schedules', 'metrics'].map((name) => join('src', name)),
  join('build', 'vite.config.ts'),
  join('build', 'icons', 'anneal.svg'),
  'package-lock.json',
];

/**
 * The folder of the built window; builds it first when it is missing or made of other sources. Several processes may ask at a
 * time: one builds, the others wait. @throws setup.windowFailed
 */
export async function ensureWindow(log: Log): Promise<string> {
  if (await isCurrent()) return windowFolder;
  await withLock(join(root, 'dist', 'renderer.lock'), async () => {
    if (!(await isCurrent())) await buildWindow(log);
  });
  return windowFolder;
}

async function isCurrent(): Promise<boolean> {
  const stamp = await readFile(stampFile, 'utf8').catch(() => null);
  return stamp !== null && existsSync(join(windowFolder, 'index.html')) && stamp === (await sourceKey());
}

/** Built beside its place and then put there, so that nobody meets half a window. */
async function buildWindow(log: Log): Promise<void> {
  log('Building the window …');
  const key = await sourceKey();
  const started = performance.now();
  const fresh = join(root, 'dist', `renderer-${process.pid}`);
  try {
    // Whatever the process was started for: Svelte's checks for development belong in no built window.
    process.env['NODE_ENV'] = 'production';
    const { build } = await import('vite');
    await build({
      configFile: join(root, 'build', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: fresh, emptyOutDir: true },
    });
    await rm(windowFolder, { recursive: true, force: true });
    await rename(fresh, windowFolder);
    await writeFile(stampFile, key);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    const detail = error instanceof Error ? error.message : String(error);
    throw new AnnealError('setup.windowFailed', { detail }, { kind: 'failure', cause: error });
  }
  log(`Built the window in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

/** Names the content of all sources. */
async function sourceKey(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await filesOf(sources.map((source) => join(root, source)))) {
    hash.update(`${relative(root, file)}\0`).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesOf(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
    if (entries === null) files.push(path);
    else files.push(...entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)));
  }
  return files.sort();
}
