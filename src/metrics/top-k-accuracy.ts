import { classesOf, type Probabilities } from './probabilities.ts';

/** Share of pictures whose label is among the k most probable classes; of equal ones the lower index stands first. */
export function topKAccuracy(probabilities: Probabilities, labels: ArrayLike<number>, k: number): number {
  const classes = classesOf(probabilities, labels.length);
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const ofLabel = probabilities[row * classes + label]!;
    let before = 0;
    for (let c = 0; c < classes; c++) {
      const other = probabilities[row * classes + c]!;
      if (other > ofLabel || (other === ofLabel && c < label)) before++;
    }
    if (before < k) correct++;
  }
  return labels.length === 0 ? 0 : correct / labels.length;
}
