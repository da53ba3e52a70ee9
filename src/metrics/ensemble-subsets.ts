import { assertSameSize, classesOf, type Probabilities } from './probabilities.ts';

/** Members by their place, ascending, and how many pictures their average names right. */
export interface SubsetScore {
  readonly members: readonly number[];
  readonly correct: number;
}

/** Each member more doubles the number of subsets. */
const mostForAllSubsets = 10;
/** Probabilities added up for all subsets together: a tenth of a second, which somebody waits for. */
const mostAdditions = 5e7;

/**
 * Equally weighted averages: all subsets of up to ten members; of more, or of very many pictures and classes, the first 1…n, each
 * alone, and all but one. A subset's sum is its parent's and one member more, always added in the members' order, so that it has the
 * very bits of averaging it alone.
 */
export function subsetScores(members: readonly Probabilities[], labels: ArrayLike<number>): SubsetScore[] {
  assertSameSize(members);
  const classes = classesOf(members[0]!, labels.length);
  const additions = 2 ** members.length * members[0]!.length;
  return members.length <= mostForAllSubsets && additions <= mostAdditions
    ? allSubsets(members, labels, classes)
    : chosenSubsets(members.length).map((chosen) => ({
        members: chosen,
        correct: countOfSum(
          chosen.map((index) => members[index]!),
          labels,
          classes,
        ),
      }));
}

function chosenSubsets(count: number): number[][] {
  const all = Array.from({ length: count }, (_, index) => index);
  const prefixes = all.map((last) => all.slice(0, last + 1));
  const single = all.slice(1).map((index) => [index]);
  const allButOne = all.slice(0, -1).map((out) => all.filter((index) => index !== out));
  return [...prefixes, ...single, ...allButOne];
}

function allSubsets(members: readonly Probabilities[], labels: ArrayLike<number>, classes: number): SubsetScore[] {
  const scores: SubsetScore[] = [];
  // One sum for each depth: the sum of a path through the members.
  const sums = Array.from({ length: members.length + 1 }, () => new Float64Array(members[0]!.length));
  const path: number[] = [];
  const visit = (first: number): void => {
    for (let index = first; index < members.length; index++) {
      path.push(index);
      const before = sums[path.length - 1]!;
      const isLeaf = index === members.length - 1;
      const correct = isLeaf
        ? countWith(before, members[index]!, labels, classes)
        : addAndCount(before, members[index]!, sums[path.length]!, labels, classes);
      scores.push({ members: [...path], correct });
      if (!isLeaf) visit(index + 1);
      path.pop();
    }
  };
  visit(0);
  return scores;
}

/** out = sum + member; rows whose largest value stands at their label, the first of equals counting. */
function addAndCount(
  sum: Float64Array,
  member: Probabilities,
  out: Float64Array,
  labels: ArrayLike<number>,
  classes: number,
): number {
  let correct = 0;
  for (let row = 0, start = 0; row < labels.length; row++, start += classes) {
    let best = 0;
    let most = -Infinity;
    for (let c = 0; c < classes; c++) {
      const value = sum[start + c]! + member[start + c]!;
      out[start + c] = value;
      if (value > most) {
        most = value;
        best = c;
      }
    }
    if (best === labels[row]) correct++;
  }
  return correct;
}

/**
 * Pictures that the average of what is summed and one member more names right. As addAndCount, for a sum that nobody goes on from,
 * which half of all subsets are: a row is left once another class wins.
 * @param sum float64 [pictures, classes]
 */
export function countWith(
  sum: Float64Array,
  member: Probabilities,
  labels: ArrayLike<number>,
  classes: number,
): number {
  let correct = 0;
  for (let row = 0, start = 0; row < labels.length; row++, start += classes) {
    const label = labels[row]!;
    const ofLabel = sum[start + label]! + member[start + label]!;
    let c = 0;
    while (c < label && sum[start + c]! + member[start + c]! < ofLabel) c++;
    if (c < label) continue;
    c++;
    while (c < classes && sum[start + c]! + member[start + c]! <= ofLabel) c++;
    if (c === classes) correct++;
  }
  return correct;
}

/** Pictures whose largest sum stands at their label. @param sum float64 [pictures, classes] */
export function countLargest(sum: Float64Array, labels: ArrayLike<number>, classes: number): number {
  return countWith(sum, new Float32Array(sum.length), labels, classes);
}

function countOfSum(members: readonly Probabilities[], labels: ArrayLike<number>, classes: number): number {
  let sum = new Float64Array(members[0]!.length);
  let next = new Float64Array(sum.length);
  let correct = 0;
  for (const member of members) {
    correct = addAndCount(sum, member, next, labels, classes);
    [sum, next] = [next, sum];
  }
  return correct;
}
