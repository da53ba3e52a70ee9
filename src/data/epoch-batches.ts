import { randomStream, shuffle, type RandomStream } from '../base/random.ts';

export interface EpochOptions {
  /**
   * `shuffle`: every picture once, in random order. `stratified`: every picture once, each class spread evenly over the epoch.
   * `balanced`: as many draws as pictures, each class equally often; pictures of rare classes come several times.
   */
  readonly kind: 'shuffle' | 'stratified' | 'balanced';
  /** Class of each picture; positions in it are what batches hold. */
  readonly labels: ArrayLike<number>;
  readonly batchSize: number;
  readonly seed: number;
  readonly epoch: number;
  /** Star branches and ensemble members see different orders. */
  readonly branch?: string | number;
}

/** Batches of positions in `labels` for one epoch; the last may be short. Equal options give equal batches. */
export function epochBatches(options: EpochOptions): Int32Array[] {
  const { kind, labels, batchSize, seed, epoch, branch = 0 } = options;
  const random = randomStream(seed, 'batches', kind, branch, epoch);
  const order =
    kind === 'shuffle'
      ? shuffle(
          Int32Array.from({ length: labels.length }, (_, i) => i),
          random,
        )
      : kind === 'stratified'
        ? stratifiedOrder(labels, random)
        : balancedOrder(labels, random);
  const batches: Int32Array[] = [];
  for (let from = 0; from < order.length; from += batchSize) batches.push(order.slice(from, from + batchSize));
  return batches;
}

/** The i-th of n pictures of a class gets a random place within the i-th n-th part of the epoch. */
function stratifiedOrder(labels: ArrayLike<number>, random: RandomStream): Int32Array {
  const places = new Float64Array(labels.length);
  for (const members of membersByClass(labels)) {
    shuffle(members, random);
    members.forEach((position, i) => (places[position] = (i + random.uniform()) / members.length));
  }
  return Int32Array.from(places.keys()).sort((a, b) => places[a]! - places[b]! || a - b);
}

/** Rounds over all classes in random order; each class deals its shuffled pictures and shuffles again when they are used up. */
function balancedOrder(labels: ArrayLike<number>, random: RandomStream): Int32Array {
  const classes = membersByClass(labels);
  const dealt = classes.map(() => Infinity);
  const rounds = Array.from(classes.keys());
  const order = new Int32Array(labels.length);
  for (let i = 0; i < order.length; i++) {
    const turn = i % classes.length;
    if (turn === 0) shuffle(rounds, random);
    const chosen = rounds[turn]!;
    const members = classes[chosen]!;
    if (dealt[chosen]! >= members.length) {
      shuffle(members, random);
      dealt[chosen] = 0;
    }
    order[i] = members[dealt[chosen]!++]!;
  }
  return order;
}

function membersByClass(labels: ArrayLike<number>): Int32Array[] {
  const members = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const found = members.get(labels[i]!);
    if (found) found.push(i);
    else members.set(labels[i]!, [i]);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, positions]) => Int32Array.from(positions));
}
