import type { Range } from './ranges.ts';

/** What plots with the same x share: where the cursor stands, and which part is shown. */
export class SharedPlot {
  /** In the unit of x; null: no cursor, the newest values are read out. */
  cursor = $state<number | null>(null);
  /** Null: all. */
  view = $state.raw<Range | null>(null);
  /** Id of the mark that a pointer, the keyboard or a card points at. */
  mark = $state<string | null>(null);
}
