import { randomStream, shuffle } from '../base/random.ts';

/**
 * Grouped stratified folds: `result[i]` in [0, k) is the fold that holds picture i out. Groups stay whole; each class is
 * spread evenly, and so are the sizes of folds. The largest groups are placed first, each where its classes are rarest.
 */
export function makeFolds(labels: ArrayLike<number>, groups: ArrayLike<number>, k: number, seed: number): Int32Array {
  const random = randomStream(seed, 'folds', k);
  const members = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const group = members.get(groups[i]!);
    if (group) group.push(i);
    else members.set(groups[i]!, [i]);
  }
  const order = shuffle([...members.values()], random).sort((a, b) => b.length - a.length);
  const preference = shuffle(
    Array.from({ length: k }, (_, fold) => fold),
    random,
  );
  const sizes = new Int32Array(k);
  const classCounts = new Map<number, Int32Array>();
  const countsOf = (label: number): Int32Array => {
    let counts = classCounts.get(label);
    if (!counts) classCounts.set(label, (counts = new Int32Array(k)));
    return counts;
  };
  const folds = new Int32Array(labels.length);
  for (const group of order) {
    const load = (fold: number) => group.reduce((sum, i) => sum + countsOf(labels[i]!)[fold]!, 0) / group.length;
    let best = preference[0]!;
    for (const fold of preference) {
      const difference = load(fold) - load(best);
      if (difference < 0 || (difference === 0 && sizes[fold]! < sizes[best]!)) best = fold;
    }
    for (const i of group) {
      folds[i] = best;
      countsOf(labels[i]!)[best]!++;
    }
    sizes[best]! += group.length;
  }
  return folds;
}
