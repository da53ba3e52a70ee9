/** One line of `npm run -s bench -- --json`. */
export interface BenchResult {
  readonly name: string;
  /** What Anneal reached, in `unit`. */
  readonly ours: number;
  /** What the peer reached; null where a bench has no peer. */
  readonly peer: number | null;
  readonly peerName: string | null;
  /** How many times better ours is: peer / ours for times, ours / peer for rates and accuracies. */
  readonly ratio: number | null;
  readonly unit: string;
  /** Largest sum of the resident sets of our processes; null where it was not watched. */
  readonly peakMemoryBytes: number | null;
  readonly peerPeakMemoryBytes: number | null;
  /** What else was measured. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface Bench {
  readonly name: string;
  /** Folders of pictures in the shared data without which it cannot run. */
  readonly pictures?: readonly string[];
  /** @param runs How often each side is timed, alternating; medians count. */
  run(runs: number): Promise<BenchResult>;
}
