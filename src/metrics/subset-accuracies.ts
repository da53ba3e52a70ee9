import { assertSameSize, classesOf, type Probabilities } from './probabilities.ts';

export interface SubsetAccuracy {
  /** Number of members averaged. */
  readonly size: number;
  /** The last `size` members: late snapshots are the better trained ones (Huang et al. 2017, figure 3). */
  readonly last: number;
  /** Over all subsets of this size; null where there are more than 2^maxForAll subsets in all. */
  readonly all: { readonly mean: number; readonly lowest: number; readonly highest: number } | null;
}

/** With more members than this only the last ones are averaged: 2^10 subsets of a usual test part take about a second. */
const maxForAll = 10;

/** Accuracy of the averaged ensemble against its number of members, size 1 to all. Fractions, all on the same pictures. */
export function subsetAccuracies(members: readonly Probabilities[], labels: ArrayLike<number>): SubsetAccuracy[] {
  assertSameSize(members);
  const count = members.length;
  const classes = classesOf(members[0]!, labels.length);
  const last = lastAccuracies(members, labels, classes);
  const bySize: number[][] = last.map(() => []);
  if (count <= maxForAll) {
    visitSubsets(members, (size, sum) => bySize[size - 1]!.push(accuracyOfSum(sum, labels, classes)));
  }
  return last.map((accuracy, i) => ({
    size: i + 1,
    last: accuracy,
    all: count <= maxForAll ? spread(bySize[i]!) : null,
  }));
}

function lastAccuracies(members: readonly Probabilities[], labels: ArrayLike<number>, classes: number): number[] {
  const sum = new Float64Array(members[0]!.length);
  return members.toReversed().map((member) => {
    add(sum, member, 1);
    return accuracyOfSum(sum, labels, classes);
  });
}

/** All non-empty subsets; from each to the next only one member enters or leaves (Gray code). */
function visitSubsets(members: readonly Probabilities[], visit: (size: number, sum: Float64Array) => void): void {
  const sum = new Float64Array(members[0]!.length);
  const inside = members.map(() => false);
  for (let i = 1; i < 2 ** members.length; i++) {
    const changed = 31 - Math.clz32(i & -i); // lowest set bit
    add(sum, members[changed]!, inside[changed] ? -1 : 1);
    inside[changed] = !inside[changed];
    visit(inside.filter(Boolean).length, sum);
  }
}

function add(sum: Float64Array, member: Probabilities, sign: number): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += sign * member[i]!;
}

function accuracyOfSum(sum: Float64Array, labels: ArrayLike<number>, classes: number): number {
  let correct = 0;
  for (let row = 0; row < labels.length; row++) {
    let best = 0;
    for (let c = 1; c < classes; c++) if (sum[row * classes + c]! > sum[row * classes + best]!) best = c;
    if (best === labels[row]) correct++;
  }
  return labels.length === 0 ? 0 : correct / labels.length;
}

function spread(values: readonly number[]): { mean: number; lowest: number; highest: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, lowest: Math.min(...values), highest: Math.max(...values) };
}
