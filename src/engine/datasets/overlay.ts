import { classNames } from '../../data/picture-order.ts';
import { contentHash } from '../../data/content-hash.ts';
import { labelProblemCodes, labelProblems } from '../../data/label-problems.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import type { DatasetEdit } from '../../store/dataset-edits.ts';

/** A scan with the changes made by hand. Arrays by index into the scan's pictures. */
export interface Overlay {
  /** The scan's classes and those that pictures were moved to, in natural order. */
  readonly classes: readonly string[];
  /** Index into `classes` that the folder gives, and that holds after moves. */
  readonly given: Int32Array;
  readonly labels: Int32Array;
  /** 1: left out by hand. */
  readonly leftOut: Uint8Array;
}

/**
 * The changes in their order; those whose picture is no longer there, or has another content, mean nothing. Of a listing, whose
 * contents are not known yet, the names must do.
 */
export function overlayOf(scan: Dataset, edits: readonly DatasetEdit[], listing = false): Overlay {
  const names = scan.classes.map((className) => ({ className }));
  const targets = edits.flatMap((edit) => (edit.kind === 'move' ? [{ className: edit.to }] : []));
  const classes = classNames([...names, ...targets]);
  const labelOf = new Map(classes.map((name, label) => [name, label]));
  const given = Int32Array.from(scan.pictures, ({ label }) => labelOf.get(scan.classes[label]!)!);
  const labels = given.slice();
  const leftOut = new Uint8Array(scan.pictures.length);
  if (edits.length > 0) {
    const indexOf = new Map(scan.pictures.map(({ path }, index) => [path, index]));
    for (const edit of edits) {
      for (const { path, sha256 } of edit.pictures) {
        const index = indexOf.get(path);
        if (index === undefined || !(listing || scan.pictures[index]!.sha256 === sha256)) continue;
        if (edit.kind === 'move') labels[index] = labelOf.get(edit.to)!;
        else leftOut[index] = edit.leftOut ? 1 : 0;
      }
    }
  }
  return { classes, given, labels, leftOut };
}

/** What is trained on. */
export interface Effective {
  readonly dataset: Dataset;
  /** Index into the scan's pictures of each of its pictures. */
  readonly indices: Int32Array;
  /** Index into the overlay's classes of each of its classes. */
  readonly classes: Int32Array;
}

/**
 * The scan with moved labels, without pictures left out and without classes that have no picture then. Without changes by hand it
 * is the scan itself, content hash and all.
 */
export function effectiveDataset(scan: Dataset, { classes, labels, leftOut }: Overlay): Effective {
  const indices = Int32Array.from(scan.pictures.keys()).filter((index) => leftOut[index] === 0);
  const used = new Uint8Array(classes.length);
  for (const index of indices) used[labels[index]!] = 1;
  const kept = Int32Array.from(classes.keys()).filter((label) => used[label] === 1);
  const labelOf = new Int32Array(classes.length);
  kept.forEach((label, at) => (labelOf[label] = at));
  const pictures = Array.from(indices, (index) => {
    const picture = scan.pictures[index]!;
    const label = labelOf[labels[index]!]!;
    return picture.label === label ? picture : { ...picture, label };
  });
  const content = { classes: Array.from(kept, (label) => classes[label]!), pictures };
  const problems = scan.problems.filter(({ code }) => !labelProblemCodes.has(code));
  const dataset = {
    formatVersion: scan.formatVersion,
    root: scan.root,
    ...content,
    problems: [...problems, ...labelProblems(content)],
    pairs: pairsAmong(scan.pairs, pictures),
    contentHash: contentHash(content),
  };
  return { dataset, indices, classes: kept };
}

function pairsAmong(pairs: Dataset['pairs'], pictures: Dataset['pictures']): Dataset['pairs'] {
  const paths = new Set(pictures.map(({ path }) => path));
  return pairs.filter(({ a, b }) => paths.has(a) && paths.has(b));
}
