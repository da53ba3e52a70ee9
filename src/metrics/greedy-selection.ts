import { assertSameSize, classesOf, sizeMismatch, type Probabilities } from './probabilities.ts';

export interface GreedySelection {
  /** How often each member was taken: its weight in the average. 0: left out. */
  readonly counts: readonly number[];
  /** Indices in the order they were taken, up to the best ensemble. */
  readonly order: readonly number[];
  /** Of the chosen ensemble, on the pictures that it was chosen on: it flatters; report another part's. */
  readonly accuracy: number;
}

/**
 * Forward selection with replacement (Caruana et al. 2004, "Ensemble Selection from Libraries of Models"): add whichever
 * member raises the ensemble's accuracy most, `maxMembers` times (twice as often as there are members), and keep the best ensemble met on the way.
 * Equal accuracies are decided by the lower log loss, then by the lower index, or the smaller ensemble, so that the
 * result does not depend on anything but the input. `initialMembers` starts from that many of the best single members
 * (the paper's sorted initialisation against overfitting).
 */
export function greedySelection(
  members: readonly Probabilities[],
  labels: ArrayLike<number>,
  options: { maxMembers?: number; initialMembers?: number } = {},
): GreedySelection {
  assertSameSize(members);
  const { maxMembers = 2 * members.length } = options;
  if (maxMembers < 1) throw sizeMismatch('maxMembers', 1, maxMembers);
  const initial = Math.min(options.initialMembers ?? 0, maxMembers, members.length);
  const classes = classesOf(members[0]!, labels.length);
  const sum = new Float64Array(members[0]!.length);
  const order: number[] = [];
  const scores: Score[] = []; // scores[i]: of the ensemble order[0..i]

  const scoreWith = (index: number) => scoreOf(sum, members[index]!, order.length + 1, labels, classes);
  const take = (index: number) => {
    scores.push(scoreWith(index));
    order.push(index);
    members[index]!.forEach((value, i) => (sum[i]! += value));
  };

  for (const index of ranked(members.map((_, index) => scoreWith(index))).slice(0, initial)) take(index);
  while (order.length < maxMembers) take(ranked(members.map((_, index) => scoreWith(index)))[0]!);

  const smallest = Math.max(initial, 1);
  const best = smallest - 1 + ranked(scores.slice(smallest - 1))[0]!;
  const kept = order.slice(0, best + 1);
  const counts = members.map((_, index) => kept.filter((taken) => taken === index).length);
  return { counts, order: kept, accuracy: labels.length === 0 ? 0 : scores[best]!.correct / labels.length };
}

interface Score {
  readonly correct: number;
  /** Sum over the pictures. */
  readonly logLoss: number;
}

/** Indices from the best score to the worst; equals by index. */
function ranked(scores: readonly Score[]): number[] {
  const indices = scores.map((_, index) => index);
  return indices.sort(
    (a, b) => scores[b]!.correct - scores[a]!.correct || scores[a]!.logLoss - scores[b]!.logLoss || a - b,
  );
}

/** Score of (sum + member) / size, without storing the average. */
function scoreOf(
  sum: Float64Array,
  member: Probabilities,
  size: number,
  labels: ArrayLike<number>,
  classes: number,
): Score {
  let correct = 0;
  let logLoss = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let best = 0;
    let bestValue = -Infinity;
    for (let c = 0; c < classes; c++) {
      const value = sum[start + c]! + member[start + c]!;
      if (value > bestValue) [best, bestValue] = [c, value];
    }
    const label = labels[row]!;
    if (best === label) correct++;
    const ofLabel = (sum[start + label]! + member[start + label]!) / size;
    logLoss -= Math.log(Math.max(ofLabel, 2 ** -23));
  }
  return { correct, logLoss };
}
