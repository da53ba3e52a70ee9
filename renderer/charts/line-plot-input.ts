import type { LineSeries, PlotBand, PlotMark } from './line-series.ts';
import type { Range } from './ranges.ts';
import type { PlotRoom } from './shared-plot.svelte.ts';

/** What is painted. `shown`, `y`: ends of the axes; both must have low < high, and 0 < low on a logarithmic y. */
export interface LinePlotInput {
  readonly series: readonly LineSeries[];
  readonly marks: readonly PlotMark[];
  readonly bands: readonly PlotBand[];
  /** Part of y that values should lie in; null: none. */
  readonly goodY: Range | null;
  readonly shown: Range;
  readonly y: Range;
  readonly log: boolean;
  readonly ticksX: (low: number, high: number, most?: number) => number[];
  readonly ticksY: (low: number, high: number, most?: number) => number[];
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** Room above for stones, kept from the start so that nothing moves when the first one comes. */
  readonly stones: boolean;
  readonly room: PlotRoom;
  /** Of the x axis, at its right end. */
  readonly nameX: string;
  /** For each named series what stands at its end. */
  readonly endLabel: (series: LineSeries) => string;
  readonly litMark: string | null;
  /** Part of what is shown: another version of the colours is another picture. */
  readonly palette: number;
}
