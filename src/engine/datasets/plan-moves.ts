import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import type { LabelledFile } from '../../data/layout.ts';
import { listLabelled } from '../../data/list-labelled.ts';
import type { PlannedMove } from '../../protocol/dataset-view.ts';
import type { DatasetPictures } from './dataset-pictures.ts';

/**
 * Where each picture that was moved by hand would go in the folder: into the class folder of its new class, inside the same part
 * (train, test) where the folder has parts; under another name where its own is taken there.
 * @throws dataset.scanning while the folder is first read, dataset.labelsFromList where labels do not come from folders, and as `listLabelled`
 */
export async function planMoves({ scan, overlay, listing: unread }: DatasetPictures): Promise<PlannedMove[]> {
  if (unread) throw new AnnealError('dataset.scanning', {});
  const { classes, given, labels } = overlay;
  const moved = scan.pictures.flatMap(({ path }, index) =>
    labels[index] === given[index] ? [] : [{ path, to: classes[labels[index]!]! }],
  );
  if (moved.length === 0) return [];
  const listing = await listLabelled(scan.root);
  if (listing.labels === 'list') throw new AnnealError('dataset.labelsFromList', { root: scan.root });
  const files = new Map(listing.files.map((file) => [file.path, file]));
  const folders = new Map(listing.files.map((file) => [keyOf(file.className, file.given), file.classFolder!]));
  const taken = new Set<string>();
  const moves: PlannedMove[] = [];
  for (const { path, to } of moved) {
    const file = files.get(path);
    // What is no longer there has nowhere to go; the next scan tells it.
    if (!file) continue;
    const folder = folders.get(keyOf(to, file.given)) ?? besides(file, to);
    const target = await freeName(scan.root, posix.join(folder, posix.basename(path)), taken);
    taken.add(target);
    moves.push({ from: path, to: target });
  }
  return moves;
}

const keyOf = (className: string, given: LabelledFile['given']): string => JSON.stringify([className, given]);

/** A class folder's path ends in the class's name: the same place with another name. */
function besides({ className, classFolder }: LabelledFile, to: string): string {
  return classFolder!.slice(0, classFolder!.length - className.length) + to;
}

async function freeName(root: string, path: string, taken: ReadonlySet<string>): Promise<string> {
  const { dir, name, ext } = posix.parse(path);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? path : posix.join(dir, `${name}-${number}${ext}`);
    if (taken.has(candidate)) continue;
    const there = await lstat(join(root, candidate)).catch(() => null);
    if (!there) return candidate;
  }
}
