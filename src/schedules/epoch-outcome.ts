/** What the held-out pictures say of a network. */
export interface Validation {
  /** Fraction of pictures. */
  readonly accuracy: number;
  /** Mean cross entropy, nats. */
  readonly loss: number;
}

/** How an epoch ended. A rule that looks back (a plateau) reads nothing else, and a checkpoint holds all of them. */
export interface EpochOutcome {
  /** From 0. */
  readonly epoch: number;
  /** Mean training loss of its steps, augmentation included. */
  readonly trainLoss: number;
  /** Null where nothing is held out. */
  readonly validation: Validation | null;
}
