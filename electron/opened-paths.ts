import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { OpenedPath } from '../src/protocol/bridge.ts';
import { isPictureFile } from './file-kinds.ts';

/** What a path from outside is to the application; null: nothing that it opens. */
export function openedPath(path: string): OpenedPath | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return { kind: 'folder', path };
  if (!stats?.isFile()) return null;
  if (/\.anneal$/i.test(path)) return { kind: 'bundle', path };
  return isPictureFile(path) ? { kind: 'picture', path } : null;
}

/**
 * The folders and files among a command line's arguments, relative ones against the folder it was typed in. `argv` as the process
 * got it; `skip`: its first entries, which name the program (and in development its folder).
 */
export function pathsInArguments(argv: readonly string[], workingFolder: string, skip: number): OpenedPath[] {
  return argv
    .slice(skip)
    .filter((argument) => !argument.startsWith('-'))
    .flatMap((argument) => openedPath(resolve(workingFolder, argument)) ?? []);
}
