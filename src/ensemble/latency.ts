import { cost } from '../models/cost.ts';
import { cutAt } from '../models/rewrites.ts';
import { averagedMembers, type EnsembleModel } from './ensemble-model.ts';

/** Shares of an ensemble's time; trunk and averaged members together 1. */
export interface LatencyShares {
  /** Of the layers that all members share. */
  readonly trunk: number;
  /** Of what is each averaged member's alone, in the order of `averagedMembers`. */
  readonly members: readonly number[];
}

/**
 * How the time of one picture falls on trunk and members. They run as one graph and cannot be timed apart, so it is by their
 * multiply-adds.
 */
export function latencyShares(model: EnsembleModel): LatencyShares {
  const { spec, trunk, preprocessing } = model;
  const multiplyAdds = (part: typeof spec): number => cost(part, preprocessing.inputSize).multiplyAdds;
  const shared = trunk ? multiplyAdds(cutAt(spec, trunk.to)) : 0;
  const alone = averagedMembers(model).map(({ member }) => multiplyAdds(member.spec ?? spec) - shared);
  const total = alone.reduce((sum, part) => sum + part, shared);
  return { trunk: shared / total, members: alone.map((part) => part / total) };
}
