import type { Dataset, Picture, Problem } from '../protocol/dataset.ts';

/** Problems that depend on the labels: who changes labels asks again. */
export const labelProblemCodes: ReadonlySet<string> = new Set(['data.labelConflict', 'data.smallClass']);

/** The same file under two classes (both are kept, in one group), and classes of fewer than two pictures. */
export function labelProblems({ pictures, classes }: Pick<Dataset, 'pictures' | 'classes'>): Problem[] {
  return [...conflicts(pictures, classes), ...smallClasses(pictures, classes)];
}

function conflicts(pictures: readonly Picture[], classes: readonly string[]): Problem[] {
  const problems: Problem[] = [];
  const first = new Map<string, Picture>();
  for (const picture of pictures) {
    const earlier = first.get(picture.sha256);
    if (!earlier) first.set(picture.sha256, picture);
    else if (earlier.label !== picture.label) {
      const params = { class: classes[picture.label]!, other: earlier.path, otherClass: classes[earlier.label]! };
      problems.push({ path: picture.path, code: 'data.labelConflict', params });
    }
  }
  return problems;
}

function smallClasses(pictures: readonly Picture[], classes: readonly string[]): Problem[] {
  const counts = new Int32Array(classes.length);
  for (const { label } of pictures) counts[label]!++;
  return classes.flatMap((name, label) => {
    const count = counts[label]!;
    return count < 2 ? [{ path: name, code: 'data.smallClass', params: { class: name, count } }] : [];
  });
}
