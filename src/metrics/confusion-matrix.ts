/** `matrix[label][predicted]`: how many pictures of a class were taken for which class. */
export function confusionMatrix(predicted: ArrayLike<number>, labels: ArrayLike<number>, classes: number): number[][] {
  const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) matrix[labels[i]!]![predicted[i]!]!++;
  return matrix;
}

export interface ClassReport {
  /** Right ones among all that were taken for this class; 0 where none was. */
  readonly precision: number;
  /** Right ones among all of this class; 0 where there are none. */
  readonly recall: number;
  /** Harmonic mean of both; 0 where both are 0. */
  readonly f1: number;
  /** Pictures of this class. */
  readonly support: number;
  /** Pictures taken for this class. */
  readonly predicted: number;
}

const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
const mean = (values: readonly number[]) =>
  share(
    values.reduce((a, b) => a + b, 0),
    values.length,
  );

/** Precision, recall and F1 of each class, fractions. */
export function classReports(matrix: readonly (readonly number[])[]): ClassReport[] {
  return matrix.map((row, c) => {
    const hits = row[c]!;
    const support = row.reduce((a, b) => a + b, 0);
    const predicted = matrix.reduce((sum, other) => sum + other[c]!, 0);
    return {
      precision: share(hits, predicted),
      recall: share(hits, support),
      f1: share(2 * hits, support + predicted),
      support,
      predicted,
    };
  });
}

/** Mean recall over the classes that have pictures: a small class counts as much as a large one. */
export function balancedAccuracy(reports: readonly ClassReport[]): number {
  return mean(reports.filter((report) => report.support > 0).map((report) => report.recall));
}

/**
 * Mean F1, scikit-learn's `f1_score(average='macro')`: of the classes that have pictures or were predicted, as it does by itself, or,
 * where a folder holds only some of a model's classes, of those that have pictures (its `labels=`): one picture that is taken for a class
 * that nobody asked about is one mistake, not a class of its own without a hit.
 */
export function macroF1(reports: readonly ClassReport[], of: 'named' | 'judged' = 'named'): number {
  const counted = reports.filter(({ support, predicted }) => support > 0 || (of === 'named' && predicted > 0));
  return mean(counted.map((report) => report.f1));
}
