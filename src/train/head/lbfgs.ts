/** A point's value and gradient, as the minimiser asks for them. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
  readonly iterations: number;
}

export interface LbfgsOptions {
  readonly maxIterations: number;
  /** Is this point good enough? */
  readonly isDone: (at: Evaluation) => boolean;
}

/** Pairs of steps and gradient changes remembered. */
const memory = 10;
/** Constants of the weak Wolfe conditions (Nocedal & Wright 2006, section 3.1): enough decrease, enough flattening. */
const decrease = 1e-4;
const flattening = 0.9;
const maxTries = 12;
/** A step that promises less than this share of the value is lost in the noise of values summed from float32 terms. */
const noise = 1e-9;

/**
 * Minimises a smooth function by L-BFGS (Nocedal & Wright 2006, algorithms 7.4 and 7.5) with a line search that brackets
 * and halves until the weak Wolfe conditions hold (Lewis & Overton 2013, algorithm 2.6), which keeps every pair's
 * curvature positive.
 *
 * A generator: it yields the points it wants evaluated, so that several minimisations can run in lockstep and their
 * evaluations share one matrix product. It also ends where values show nothing but float32 noise.
 */
export function* lbfgs(start: Float64Array, options: LbfgsOptions): Generator<Float64Array, Minimum, Evaluation> {
  const pairs: Pair[] = [];
  let point: Float64Array = Float64Array.from(start);
  let here = yield point;
  for (let iteration = 0; iteration < options.maxIterations; iteration++) {
    if (options.isDone(here)) return { point, value: here.value, iterations: iteration };
    const direction = descent(here.gradient, pairs);
    const slope = dot(direction, here.gradient);
    if (-slope <= noise * Math.abs(here.value)) return { point, value: here.value, iterations: iteration };
    const firstStep = pairs.length === 0 ? 1 / Math.max(1, norm(here.gradient)) : 1;
    const found = yield* lineSearch(point, here, direction, slope, firstStep);
    if (!found) return { point, value: here.value, iterations: iteration };
    remember(pairs, difference(found.point, point), difference(found.at.gradient, here.gradient));
    point = found.point;
    here = found.at;
  }
  return { point, value: here.value, iterations: options.maxIterations };
}

interface Pair {
  readonly step: Float64Array;
  readonly change: Float64Array;
  /** 1 / (step · change). */
  readonly rho: number;
}

interface Found {
  readonly point: Float64Array;
  readonly at: Evaluation;
}

/** Bisection to the weak Wolfe conditions. Null where not even a decrease was found: the noise of the values is reached. */
function* lineSearch(
  from: Float64Array,
  start: Evaluation,
  direction: Float64Array,
  slope: number,
  firstStep: number,
): Generator<Float64Array, Found | null, Evaluation> {
  let low = 0;
  let high = Infinity;
  let step = firstStep;
  let best: Found | null = null;
  for (let tries = 0; tries < maxTries; tries++) {
    const point = along(from, direction, step);
    const at = yield point;
    // NaN counts as no decrease.
    if (!(at.value <= start.value + decrease * step * slope)) {
      high = step;
    } else {
      if (at.value < start.value) best = { point, at };
      if (dot(at.gradient, direction) >= flattening * slope) return best;
      low = step;
    }
    step = high === Infinity ? 2 * low : (low + high) / 2;
  }
  return best;
}

/** −H·gradient by the two-loop recursion; steepest descent without pairs. */
function descent(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const q = Float64Array.from(gradient, (g) => -g);
  const alphas = new Array<number>(pairs.length).fill(0);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, rho } = pairs[i]!;
    alphas[i] = rho * dot(step, q);
    addScaled(q, change, -alphas[i]!);
  }
  const last = pairs.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.change, last.change));
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  pairs.forEach(({ step, change, rho }, i) => addScaled(q, step, alphas[i]! - rho * dot(change, q)));
  return q;
}

function remember(pairs: Pair[], step: Float64Array, change: Float64Array): void {
  const curvature = dot(step, change);
  if (!(curvature > 0)) return;
  pairs.push({ step, change, rho: 1 / curvature });
  if (pairs.length > memory) pairs.shift();
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i]! += factor * b[i]!;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) result[i] = a[i]! - b[i]!;
  return result;
}

function along(from: Float64Array, direction: Float64Array, step: number): Float64Array {
  const result = new Float64Array(from.length);
  for (let i = 0; i < from.length; i++) result[i] = from[i]! + step * direction[i]!;
  return result;
}
