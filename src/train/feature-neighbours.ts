import { randomStream } from '../base/random.ts';
import { tf, type Tensor2D } from '../tensor/tf.ts';
import { forEachPart, type Features } from './head/features.ts';
import type { Neighbours } from './feature-series.ts';

/** Twice the reference neighbour: some of the nearest are known to belong together. */
const neighbours = 40;
/** Above this many values the features are projected to `projectedSize`, at random: distances keep to 3 % (Johnson, Lindenstrauss 1984). */
const wholeValues = 16 * 2 ** 20;
const projectedSize = 512;
/** Similarities held at once: 64 MB. */
const blockValues = 16 * 2 ** 20;

/**
 * The nearest pictures of the same class by the cosine of their features. Classes are looked at one by one, block by block. 50,000
 * pictures need 120 MB for their projected rows and what is found, for the class at hand its rows twice more, and 64 MB for similarities: about
 * 200 MB in ten equal classes, 390 MB in one.
 * @param features n rows of `size`
 */
export async function featureNeighbours(
  features: Features,
  size: number,
  labels: ArrayLike<number>,
  between: () => Promise<void>,
): Promise<Neighbours> {
  const n = labels.length;
  const k = neighbours;
  const { rows: vectors, width } = await compactRows(features, n, size);
  const found: Neighbours = { k, rows: new Int32Array(n * k).fill(-1), distances: new Float32Array(n * k) };
  const classes = new Map<number, number[]>();
  for (let i = 0; i < n; i++) {
    const members = classes.get(labels[i]!);
    if (members) members.push(i);
    else classes.set(labels[i]!, [i]);
  }
  for (const members of classes.values()) {
    const own = new Float32Array(members.length * width);
    members.forEach((row, i) => own.set(vectors.subarray(row * width, (row + 1) * width), i * width));
    const block = Math.max(1, Math.floor(blockValues / members.length));
    for (let start = 0; start < members.length; start += block) {
      const end = Math.min(members.length, start + block);
      nearestOf(own, width, members, { start, end }, found);
      await between();
    }
  }
  return found;
}

function nearestOf(
  own: Float32Array,
  width: number,
  members: readonly number[],
  { start, end }: { readonly start: number; readonly end: number },
  { k, rows, distances }: Neighbours,
): void {
  // The nearest of each is itself, and of equal pictures another: one more is asked for.
  const asked = Math.min(k + 1, members.length);
  const [values, indices] = tf.tidy(() => {
    const all: Tensor2D = tf.tensor2d(own, [members.length, width]);
    const some: Tensor2D = tf.tensor2d(own.subarray(start * width, end * width), [end - start, width]);
    const top = tf.topk(tf.matMul(some, all, false, true), asked);
    return [top.values.dataSync(), top.indices.dataSync()];
  });
  for (let i = start; i < end; i++) {
    let at = members[i]! * k;
    for (let r = (i - start) * asked; r < (i - start + 1) * asked && at < (members[i]! + 1) * k; r++) {
      if (indices[r] === i) continue;
      rows[at] = members[indices[r]!]!;
      distances[at++] = Math.sqrt(Math.max(0, 2 - 2 * values[r]!));
    }
  }
}

/** Rows of length one: float32 [n, width]; projected where they are many. */
async function compactRows(
  features: Features,
  n: number,
  size: number,
): Promise<{ readonly rows: Float32Array; readonly width: number }> {
  const isWhole = n * size <= wholeValues || size <= projectedSize;
  const width = isWhole ? size : projectedSize;
  const random = randomStream(0, 'projection', size);
  const projection = isWhole ? null : Float32Array.from({ length: size * width }, () => random.normal());
  const rows = new Float32Array(n * width);
  await forEachPart(features, n, (part, start, end) => {
    const compact = tf.tidy(() => {
      const given: Tensor2D = tf.tensor2d(Float32Array.from(part), [end - start, size]);
      const kept = projection ? tf.matMul(given, tf.tensor2d(projection, [size, width])) : given;
      return tf.div(kept, tf.maximum(tf.norm(kept, 2, 1, true), 1e-12)).dataSync();
    });
    rows.set(compact as Float32Array, start * width);
  });
  return { rows, width };
}
