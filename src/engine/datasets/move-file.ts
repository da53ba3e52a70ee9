import { constants } from 'node:fs';
import { copyFile, link, lstat, mkdir, realpath, rm, unlink, utimes } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Picture } from '../../protocol/dataset.ts';
import type { PlannedMove } from '../../protocol/dataset-view.ts';

/** Why a file stayed where it was; words in messages/. */
export type MoveRefusal = 'notPlanned' | 'gone' | 'changed' | 'isLink' | 'outside' | 'exists' | 'failed';

/** File systems without hard links say one of these. */
const withoutLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EMLINK', 'EACCES']);
const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

/**
 * Moves one picture inside `root`; null when it was. Never over a file that is there, not even one that appears meanwhile, and only
 * while it is the file that was scanned. No link is moved, and none leads the move out of the root. At every moment the content is
 * under one of both names.
 */
export async function moveFile(root: string, move: PlannedMove, scanned: Picture): Promise<MoveRefusal | null> {
  const from = join(root, move.from);
  const to = join(root, move.to);
  try {
    const found = await lstat(from).catch(() => null);
    if (!found) return 'gone';
    if (!found.isFile()) return 'isLink';
    if (found.size !== scanned.bytes || found.mtimeMs !== scanned.modifiedMs) return 'changed';
    const base = await realpath(root);
    if (!isWithin(base, await realpath(dirname(from)))) return 'outside';
    if (!isWithin(base, await existingParent(dirname(to)))) return 'outside';
    await mkdir(dirname(to), { recursive: true });
    if (!isWithin(base, await realpath(dirname(to)))) return 'outside';
    await placeAnew(from, to);
  } catch (error) {
    return codeOf(error) === 'EEXIST' ? 'exists' : 'failed';
  }
  try {
    await unlink(from);
    return null;
  } catch {
    await rm(to, { force: true });
    return 'failed';
  }
}

/** Throws EEXIST where `to` is there: `link` and an exclusive copy look and place in one step, `rename` would write over it. */
async function placeAnew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (!withoutLinks.has(codeOf(error))) throw error;
    const { atime, mtime } = await lstat(from);
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await utimes(to, atime, mtime);
  }
}

/** The nearest folder above that is there, links followed. */
async function existingParent(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const above = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || above === folder) throw error;
    return existingParent(above);
  }
}

function isWithin(base: string, path: string): boolean {
  return path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);
}
