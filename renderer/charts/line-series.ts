import type { SeriesRole } from './series-style.ts';

/** A curve. `x` ascending; NaN in `y` breaks the line. New data are new arrays (views of a growing one will do). */
export interface LineSeries {
  readonly id: string;
  readonly role: SeriesRole;
  /** In the read-out and at the line's end. */
  readonly label: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Opacity, 1 by default. */
  readonly alpha?: number;
  /** Line width and dash in place of the role's. */
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly steps?: boolean;
  /** False: stands behind another and has no label, read-out and column of its own. */
  readonly named?: boolean;
}

/** A snapshot: a hairline through all plots with the same x, and a numbered stone. */
export interface PlotMark {
  readonly id: string;
  readonly x: number;
  /** The number in the stone. */
  readonly label: string;
  /** Where the stone stands: on the curve at this y, or at the top where it is null. */
  readonly y: number | null;
}

/** A part of x that is hatched, with its words: a run that was interrupted. */
export interface PlotBand {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}
