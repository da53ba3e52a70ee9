import { tf, type Tensor2D, type Tensor3D } from '../../tensor/tf.ts';
import { forEachPart, rowsAtOnce, type Features } from './features.ts';
import type { Evaluation } from './lbfgs.ts';
import { scalingOf, toHead, type Scaling } from './scaling.ts';

export interface HeadData {
  readonly features: Features;
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  /** As in PyTorch's CrossEntropyLoss. */
  readonly labelSmoothing: number;
}

/** One of the fits that are evaluated together. */
export interface Fit {
  /** Share of each row in the mean, float32 [n], summing to 1; 0 leaves a row out. */
  readonly shares: Float32Array;
  /** λ of λ/2·‖W‖², W on the features as given. */
  readonly l2: number;
}

/** Sums over all rows for every class of every fit. */
interface FitSums {
  /** Where the classes of the fit begin. */
  readonly row: number;
  readonly weightSums: Float64Array;
  readonly biasSums: Float64Array;
}

/** Parts kept as tensors between evaluations (40 MB at 1280 features); further rows are read anew each time. */
const partsKept = 4;

/**
 * Multinomial logistic regression on fixed features: Σ_i share_i · CE(x_i; W, b) + λ/2·‖W‖², the bias not penalised.
 * Several fits (folds) are evaluated in one pass: their weight matrices stand side by side in one product.
 * Gradient in closed form: dW = (P − T)ᵀ · diag(shares) · X + λW. Products in float32, sums over rows in float64.
 */
export class HeadProblem {
  readonly scaling: Scaling;
  readonly #data: HeadData;
  readonly #featureSize: number;
  readonly #kept = new Map<number, { x: Tensor2D; targets: Tensor3D }>();

  private constructor(data: HeadData, scaling: Scaling) {
    this.#data = data;
    this.#featureSize = scaling.mean.length;
    this.scaling = scaling;
  }

  get classes(): number {
    return this.#data.classes;
  }

  static async of(data: HeadData): Promise<HeadProblem> {
    return new HeadProblem(data, await scalingOf(data.features, data.labels.length));
  }

  /**
   * Where a minimiser starts that knows nothing: zero weights, and the biases that are best with them, the logarithms of
   * the classes' shares. With a strong λ this is nearly the minimum.
   */
  start(shares: Float32Array): Float64Array {
    const { classes, labels, labelSmoothing } = this.#data;
    const classShares = new Float64Array(classes).fill(labelSmoothing / classes);
    for (let i = 0; i < labels.length; i++) classShares[labels[i]!]! += (1 - labelSmoothing) * shares[i]!;
    const point = new Float64Array(classes * (this.#featureSize + 1));
    classShares.forEach(
      (share, k) => (point[k * (this.#featureSize + 1) + this.#featureSize] = Math.log(share + 1e-6)),
    );
    return point;
  }

  /** `points[j]` is judged as `fits[j]`; see `toHead` for the layout of a point. */
  async evaluate(points: readonly Float64Array[], fits: readonly Fit[]): Promise<Evaluation[]> {
    const { features, labels, classes } = this.#data;
    const featureSize = this.#featureSize;
    const values = fits.map(() => 0);
    const weightSums = new Float64Array(fits.length * classes * featureSize);
    const biasSums = new Float64Array(fits.length * classes);
    const { weight, bias } = this.#sideBySide(points);
    await forEachPart(features, labels.length, (rows, start, end) => {
      tf.tidy(() => {
        const { x, targets } = this.#part(rows, start, end);
        const shares = tf.tensor3d(sharesOf(fits, start, end), [end - start, fits.length, 1]);
        const logits = tf.add(tf.matMul(x, weight, false, true), bias);
        const logProbabilities = tf.logSoftmax(tf.reshape(logits, [end - start, fits.length, classes]));
        const losses = tf.mul(tf.sum(tf.mul(targets, logProbabilities), 2, true), shares).dataSync();
        for (let i = 0; i < losses.length; i++) values[i % fits.length]! -= losses[i]!;
        const slope = tf.mul(tf.sub(tf.exp(logProbabilities), targets), shares);
        const flat = tf.reshape(slope, [end - start, fits.length * classes]) as Tensor2D;
        accumulate(weightSums, tf.matMul(flat, x, true, false).dataSync());
        accumulate(biasSums, tf.sum(flat, 0).dataSync());
      });
    });
    tf.dispose([weight, bias]);
    return fits.map((fit, j) =>
      this.#penalised(values[j]!, points[j]!, fit.l2, { row: j * classes, weightSums, biasSums }),
    );
  }

  dispose(): void {
    for (const { x, targets } of this.#kept.values()) tf.dispose([x, targets]);
    this.#kept.clear();
  }

  /** The rows as tensors, owned by this object or by the surrounding tidy. */
  #part(rows: Float32Array, start: number, end: number): { x: Tensor2D; targets: Tensor3D } {
    const kept = this.#kept.get(start);
    if (kept) return kept;
    const { classes, labels, labelSmoothing } = this.#data;
    const targets = new Float32Array((end - start) * classes).fill(labelSmoothing / classes);
    for (let i = start; i < end; i++) targets[(i - start) * classes + labels[i]!]! += 1 - labelSmoothing;
    const part = {
      x: tf.tensor2d(rows, [end - start, this.#featureSize]),
      targets: tf.tensor3d(targets, [end - start, 1, classes]),
    };
    if (start / rowsAtOnce < partsKept) {
      tf.keep(part.x);
      tf.keep(part.targets);
      this.#kept.set(start, part);
    }
    return part;
  }

  /** weight [fits · classes, featureSize], bias [fits · classes], both for the features as given. */
  #sideBySide(points: readonly Float64Array[]): { weight: Tensor2D; bias: tf.Tensor1D } {
    const { classes } = this.#data;
    const featureSize = this.#featureSize;
    const weight = new Float32Array(points.length * classes * featureSize);
    const bias = new Float32Array(points.length * classes);
    points.forEach((point, j) => {
      const head = toHead(point, this.scaling, classes);
      weight.set(head.weight, j * classes * featureSize);
      bias.set(head.bias, j * classes);
    });
    return { weight: tf.tensor2d(weight, [points.length * classes, featureSize]), bias: tf.tensor1d(bias) };
  }

  /** Chain rule to z = (x − mean) / scale, and the penalty. */
  #penalised(loss: number, point: Float64Array, l2: number, { row: first, weightSums, biasSums }: FitSums): Evaluation {
    const { classes } = this.#data;
    const d = this.#featureSize;
    const { mean, scale } = this.scaling;
    const lambda = l2 / scale ** 2;
    const gradient = new Float64Array(point.length);
    let squares = 0;
    for (let k = 0; k < classes; k++) {
      const row = first + k;
      const biasSum = biasSums[row]!;
      const start = k * (d + 1);
      for (let c = 0; c < d; c++) {
        const w = point[start + c]!;
        squares += w * w;
        gradient[start + c] = (weightSums[row * d + c]! - mean[c]! * biasSum) / scale + lambda * w;
      }
      gradient[start + d] = biasSum;
    }
    return { value: loss + (lambda / 2) * squares, gradient };
  }
}

/** float32 [rows, fits] of the rows' shares. */
function sharesOf(fits: readonly Fit[], start: number, end: number): Float32Array {
  const shares = new Float32Array((end - start) * fits.length);
  fits.forEach((fit, j) => {
    for (let i = start; i < end; i++) shares[(i - start) * fits.length + j] = fit.shares[i]!;
  });
  return shares;
}

function accumulate(sums: Float64Array, values: ArrayLike<number>): void {
  for (let i = 0; i < sums.length; i++) sums[i]! += values[i]!;
}
