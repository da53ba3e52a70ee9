import type { Snippet } from 'svelte';
import type { SeriesRole } from './series-style.ts';

/** One entry of the legend: its value at the cursor, or the newest. */
export interface LegendItem {
  readonly role: SeriesRole | null;
  readonly label: string;
  readonly value: string;
  /** In place of the role's. */
  readonly dash?: readonly number[] | undefined;
  readonly alpha?: number | undefined;
}

/** What a plot shows, as text in cells. The first column names the row. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture of the plot alone, in CSS pixels of this size or in its own proportions. */
type PictureOf = (width: number, height: number) => CanvasImageSource | Promise<CanvasImageSource>;

export type PlotSize = 'small' | 'normal' | 'large' | 'square';

/** Dataset, run and date under a copied picture; views set it once for all their plots. */
export const captionKey = Symbol('caption of copied charts');

export interface ChartFrameProps {
  readonly title: string;
  /** Unit or range of the axis, after the title: '60–100 %'. */
  readonly unit?: string | undefined;
  readonly legend?: readonly LegendItem[] | undefined;
  /** Made only when somebody looks at it. */
  readonly rows: () => ChartTable;
  /** What the plot says, in a sentence. */
  readonly summary: string;
  readonly picture?: PictureOf | undefined;
  readonly size?: PlotSize | undefined;
  /** Switches of the plot, left of the buttons. */
  readonly tools?: Snippet | undefined;
  readonly children: Snippet;
}
