import type { TrainConfig } from '../settings/train-config.ts';
import { greedySelection } from './greedy-selection.ts';
import { helpfulMembers } from './helpful-members.ts';
import type { Probabilities } from './probabilities.ts';

/**
 * How often each member counts in the average: 1 each, or as the selection on the held-out pictures took it. The rule of a
 * run, wherever its members are averaged by it.
 */
export function memberWeights(
  members: readonly Probabilities[],
  labels: ArrayLike<number>,
  selection: TrainConfig['ensemble']['selection'],
): readonly number[] {
  if (selection === 'all' || members.length === 1) return members.map(() => 1);
  return selection === 'helpful' ? helpfulMembers(members, labels) : greedySelection(members, labels).counts;
}
