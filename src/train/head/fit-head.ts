import { AnnealError } from '../../base/errors.ts';
import type { Features } from './features.ts';
import type { Head } from './head.ts';
import { HeadProblem } from './head-problem.ts';
import type { Minimum } from './lbfgs.ts';
import { minimiseTogether } from './minimise-together.ts';
import { toHead, toPoint } from './scaling.ts';

export interface HeadFitOptions {
  readonly features: Features;
  /** [n] indices of classes. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** Weight of each row in the mean loss, as PyTorch's class weights: Σ w·loss / Σ w. Default: all 1. */
  readonly weights?: ArrayLike<number>;
  readonly labelSmoothing?: number;
  readonly maxIterations?: number;
  /** The loss ends at most this share above its minimum. */
  readonly tolerance?: number;
  /** Awaited between passes over the rows; may throw to stop. */
  readonly between?: () => Promise<void>;
}

export interface FittedHead extends Head {
  /** Mean cross-entropy + λ/2·‖W‖² at the end. */
  readonly loss: number;
  readonly iterations: number;
}

const headDefaults = { maxIterations: 500, tolerance: 1e-6 } as const;

/**
 * Multinomial logistic regression: minimises mean cross-entropy + λ/2·‖W‖² (bias not penalised), a convex problem with
 * one minimum, so there is nothing to tune and no seed. scikit-learn's `LogisticRegression(C=1/(n·λ))` solves the same.
 */
export async function fitHead(options: HeadFitOptions & { l2: number; initial?: Head }): Promise<FittedHead> {
  const { l2, initial, ...rest } = options;
  const [head] = await fitHeadPath({ ...rest, l2Grid: [l2], ...(initial ? { initial } : {}) });
  return head!;
}

/**
 * One head for each λ of the grid, in the grid's order; solved from the strongest λ to the weakest, each starting where
 * the last one ended.
 */
export async function fitHeadPath(
  options: HeadFitOptions & { l2Grid: readonly number[]; initial?: Head },
): Promise<FittedHead[]> {
  const shares = sharesWithin(options, () => true);
  const { features, labels, classes, l2Grid } = options;
  const problem = await HeadProblem.of({ features, labels, classes, labelSmoothing: options.labelSmoothing ?? 0 });
  try {
    const heads: FittedHead[] = [];
    const start = options.initial ? toPoint(options.initial, problem.scaling) : problem.start(shares);
    for await (const { index, minima } of descend(problem, [shares], [start], l2Grid, options)) {
      const { point, value, iterations } = minima[0]!;
      heads[index] = { ...toHead(point, problem.scaling, classes), loss: value, iterations };
    }
    return heads;
  } finally {
    problem.dispose();
  }
}

/** Walks the grid from the strongest λ to the weakest; `index` is the place in the grid. */
export async function* descend(
  problem: HeadProblem,
  shares: readonly Float32Array[],
  starts: readonly Float64Array[],
  l2Grid: readonly number[],
  options: Pick<HeadFitOptions, 'maxIterations' | 'tolerance' | 'between'>,
): AsyncGenerator<{ index: number; minima: Minimum[] }> {
  const order = l2Grid.map((_, index) => index).sort((a, b) => l2Grid[b]! - l2Grid[a]! || a - b);
  const { maxIterations = headDefaults.maxIterations, tolerance = headDefaults.tolerance, between } = options;
  let points = starts;
  for (const index of order) {
    const fits = shares.map((share) => ({ shares: share, l2: l2Grid[index]! }));
    const minima = await minimiseTogether(problem, fits, points, {
      maxIterations,
      tolerance,
      ...(between && { between }),
    });
    points = minima.map(({ point }) => point);
    yield { index, minima };
  }
}

/**
 * Weights of the rows that `inside` lets in, scaled to sum 1; 0 for the others. Throws `head.rowsMismatch` where lists
 * differ in length and `head.noRows` where nothing is left to learn from.
 */
export function sharesWithin(options: HeadFitOptions, inside: (row: number) => boolean): Float32Array {
  const { features, labels, weights } = options;
  const n = labels.length;
  if (features instanceof Float32Array && features.length % n !== 0) throw mismatch(n, features.length);
  if (weights && weights.length !== n) throw mismatch(n, weights.length);
  let sum = 0;
  const shares = new Float32Array(n);
  for (let i = 0; i < shares.length; i++) {
    if (inside(i)) sum += shares[i] = weights?.[i] ?? 1;
  }
  if (!(sum > 0)) throw new AnnealError('head.noRows', { rows: n });
  return shares.map((share) => share / sum);
}

function mismatch(labels: number, received: number): AnnealError {
  return new AnnealError('head.rowsMismatch', { labels, received }, { kind: 'failure' });
}
