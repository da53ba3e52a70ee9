import type { GroupReason, SeriesPair } from './dataset.ts';

/** Pictures of a dataset that belong together, with the pairs that show why. */
export interface DatasetSeries {
  readonly group: number;
  readonly pictures: number;
  /** How many of them for each reason. */
  readonly why: Readonly<Record<GroupReason, number>>;
  /** The most alike first; none of the series that are not among the largest. */
  readonly pairs: readonly SeriesPair[];
}
