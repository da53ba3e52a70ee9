import { assertSameSize, sizeMismatch, type Probabilities } from './probabilities.ts';

/**
 * Mean of the members' probabilities, weighted where weights are given (any scale; their sum must be above 0).
 * Summed in float64. Members with weight 0 may be left out of the sum without changing a bit.
 */
export function averageProbabilities(members: readonly Probabilities[], weights?: readonly number[]): Float32Array {
  assertSameSize(members);
  if (weights && weights.length !== members.length) throw sizeMismatch('weights', members.length, weights.length);
  const total = weights ? weights.reduce((a, b) => a + b, 0) : members.length;
  if (!(total > 0)) throw sizeMismatch('sum of weights', 1, total);
  const sum = new Float64Array(members[0]!.length);
  members.forEach((member, m) => {
    const weight = weights ? weights[m]! : 1;
    if (weight !== 0) for (let i = 0; i < sum.length; i++) sum[i]! += weight * member[i]!;
  });
  return Float32Array.from(sum, (value) => value / total);
}
