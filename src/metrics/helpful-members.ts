import { averageProbabilities } from './average-probabilities.ts';
import { atBestTemperature, betterThan } from './better-than.ts';
import { logLoss } from './log-loss.ts';
import { assertSameSize, type Probabilities } from './probabilities.ts';

/**
 * Which members earn their place in the average: 1 for those that do, 0 for the others. It begins with the best single member, and adds
 * the one that lowers the log loss most as long as the average is better beyond the noise of the pictures (see `betterThan`); so a
 * single network is a fine answer. The best single is the newest, unless an earlier one is better beyond the noise.
 * @param members in the order they were made, float32 [pictures, classes] each, on pictures that none of them trained on
 */
export function helpfulMembers(members: readonly Probabilities[], labels: ArrayLike<number>): number[] {
  assertSameSize(members);
  const chosen = [bestSingle(members, labels)];
  let average: Probabilities = members[chosen[0]!]!;
  for (;;) {
    const next = members
      .map((_, index) => index)
      .filter((index) => !chosen.includes(index))
      .map((index) => ({ index, average: averageProbabilities([...chosen, index].map((i) => members[i]!)) }))
      .map((option) => ({ ...option, loss: logLoss(atBestTemperature(option.average, labels), labels) }))
      .sort((a, b) => a.loss - b.loss || b.index - a.index)[0];
    if (!next || !betterThan(next.average, average, labels).better) break;
    chosen.push(next.index);
    average = next.average;
  }
  return members.map((_, index) => (chosen.includes(index) ? 1 : 0));
}

function bestSingle(members: readonly Probabilities[], labels: ArrayLike<number>): number {
  let best = members.length - 1;
  for (let index = best - 1; index >= 0; index--) {
    if (betterThan(members[index]!, members[best]!, labels).better) best = index;
  }
  return best;
}
