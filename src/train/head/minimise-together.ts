import type { Fit, HeadProblem } from './head-problem.ts';
import { dot, lbfgs, type Minimum } from './lbfgs.ts';

export interface MinimiseOptions {
  readonly maxIterations: number;
  /** Largest distance to the minimum's loss, as a share of it. */
  readonly tolerance: number;
  /** Awaited before each pass over the rows; may throw to stop. */
  readonly between?: () => Promise<void>;
}

/**
 * Minimises all fits in lockstep: each round evaluates what every unfinished one asks for in one pass over the rows.
 *
 * A fit ends when it is provably close: a function whose curvature is at least m lies at most ‖g‖²/(2m) above its minimum.
 * The weights have m = λ. The unpenalised biases have about 1/classes where classes are of similar size; a tenth of that
 * is assumed. Without λ nothing is proven, and the gradient's norm alone must fall below the tolerance.
 */
export async function minimiseTogether(
  problem: HeadProblem,
  fits: readonly Fit[],
  starts: readonly Float64Array[],
  options: MinimiseOptions,
): Promise<Minimum[]> {
  const { maxIterations, tolerance } = options;
  const minima: Minimum[] = [];
  let open = fits.map((fit, index) => {
    const curvature = Math.min(fit.l2 / problem.scaling.scale ** 2, 0.1 / problem.classes);
    const search = lbfgs(starts[index]!, {
      maxIterations,
      isDone: ({ value, gradient }) =>
        dot(gradient, gradient) <= (curvature > 0 ? 2 * curvature * tolerance * value : tolerance ** 2),
    });
    return { index, fit, search, asks: search.next() };
  });
  while (open.length > 0) {
    await options.between?.();
    const evaluations = await problem.evaluate(
      open.map(({ asks }) => asks.value as Float64Array),
      open.map(({ fit }) => fit),
    );
    open.forEach((run, i) => (run.asks = run.search.next(evaluations[i]!)));
    for (const { index, asks } of open) if (asks.done) minima[index] = asks.value;
    open = open.filter(({ asks }) => !asks.done);
  }
  return minima;
}
