/** What answering one class to every picture would give. */
export interface ConstantAnswer {
  /** The most frequent class of the judged pictures; the lower index of equals. */
  readonly label: number;
  /** Its share of them: the accuracy of that answer. 0 for no pictures. */
  readonly rate: number;
}

/** The best answer that knows nothing of a picture: what every accuracy has to be read against. */
export function constantAnswer(labels: ArrayLike<number>, classes: number): ConstantAnswer {
  const counts = classCounts(labels, classes);
  const label = counts.indexOf(Math.max(...counts));
  return { label: Math.max(0, label), rate: labels.length === 0 ? 0 : counts[label]! / labels.length };
}

/** Pictures of each class. */
function classCounts(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts;
}
