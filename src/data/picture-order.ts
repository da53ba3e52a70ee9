import type { LabelledFile } from './layout.ts';

/** Numbers inside names count as numbers: 2 before 10. */
const natural = new Intl.Collator('en', { numeric: true });
const compare = (a: string, b: string): number => natural.compare(a, b) || (a < b ? -1 : Number(a > b));
const roles = { train: 0, validation: 1, test: 2 };

/** Class names in natural order. */
export function classNames(files: readonly Pick<LabelledFile, 'className'>[]): string[] {
  return [...new Set(files.map((file) => file.className))].sort(compare);
}

/** Files in the order of a dataset's pictures: the folder's own parts, classes, names. */
export function inOrder<F extends LabelledFile>(
  files: readonly F[],
  classes: readonly string[],
): { readonly file: F; readonly label: number }[] {
  const labels = new Map(classes.map((name, label) => [name, label]));
  const role = ({ given }: LabelledFile): number => (given ? roles[given] : 0);
  return files
    .map((file) => ({ file, label: labels.get(file.className)! }))
    .sort((a, b) => role(a.file) - role(b.file) || a.label - b.label || compare(a.file.path, b.file.path));
}
