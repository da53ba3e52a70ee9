/** Two runs side by side: `first` against `second`. */
export interface RunComparison {
  readonly settings: readonly { readonly key: string; readonly first: string; readonly second: string }[];
  /** Settings that are equal, for the whole list. */
  readonly equal: readonly { readonly key: string; readonly value: string }[];
  readonly sameDataset: boolean;
  /** On the same pictures, paired: difference of accuracy with its 95 % interval; null where there are no common pictures. */
  readonly paired: {
    readonly difference: number;
    readonly low: number;
    readonly high: number;
    readonly n: number;
    readonly withinChance: boolean;
  } | null;
}
