import type { Range } from './ranges.ts';

/** CSS pixels beside the plotting area: for the labels of the y axis, and for those at the lines' ends. */
export interface PlotRoom {
  readonly left: number;
  readonly right: number;
}

/** What plots with the same x share: where the cursor stands, which part is shown, and where x begins and ends on the screen. */
export class SharedPlot {
  /** In the unit of x; null: no cursor, the newest values are read out. */
  cursor = $state<number | null>(null);
  /** Null: all. */
  view = $state.raw<Range | null>(null);
  /** Id of the mark that a pointer, the keyboard or a card points at. */
  mark = $state<string | null>(null);
  #needs = $state.raw<readonly (() => PlotRoom)[]>([]);
  /** The most that any of them needs, so that their plotting areas lie exactly under each other. */
  readonly room: PlotRoom = $derived({
    left: Math.max(0, ...this.#needs.map((need) => need().left)),
    right: Math.max(0, ...this.#needs.map((need) => need().right)),
  });

  /** Says what a plot needs, until the returned function is called. */
  need(room: () => PlotRoom): () => void {
    this.#needs = [...this.#needs, room];
    return () => {
      this.#needs = this.#needs.filter((need) => need !== room);
    };
  }
}
