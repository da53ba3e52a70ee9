/** What the loss of a batch is made from; fed to the compiled step. */
export interface BatchTargets {
  /** [B, classes] row-major: weight of −log p for each picture and class. Rows of padding are zero. */
  readonly targets: Float32Array;
  /** What the sum over the batch is divided by. */
  readonly denominator: number;
  /** Rows are mixtures of classes rather than one label each, so that no single class weight is the row's. */
  readonly mixed: boolean;
}

/** Plain cross-entropy: 1 for the picture's class, the mean over the `count` pictures. Labels from `count` on are padding. */
export function oneHotTargets(labels: ArrayLike<number>, count: number, classes: number): BatchTargets {
  const targets = new Float32Array(labels.length * classes);
  for (let i = 0; i < count; i++) targets[i * classes + labels[i]!] = 1;
  return { targets, denominator: count, mixed: false };
}
