/** What the layer table counts and how its line moves. All pure. */

/** One layer group, shallow to deep; the head is the last. */
export interface LayerRow {
  readonly name: string;
  /** Layers with parameters. */
  readonly layers: number;
  readonly parameters: number;
  /** Factor on the learning rate, whether it is frozen or not. */
  readonly scale: number;
  /** Set by hand, not by the decay. */
  readonly edited: boolean;
}

/** Layer decay gives the head 1 and every group below it a factor more: decay^(deepest − i). */
export function decayScales(groups: number, decay: number): number[] {
  return Array.from({ length: groups }, (_, i) => decay ** (groups - 1 - i));
}

/** The scales to keep when that of one group is set; null where nothing differs from the decay any more. */
export function withScale(
  scales: readonly number[],
  group: number,
  scale: number | null,
  decay: number,
): number[] | null {
  const decayed = decayScales(scales.length, decay);
  const next = scales.map((old, i) => (i === group ? (scale ?? decayed[i]!) : old));
  return next.every((value, i) => value === decayed[i]) ? null : next;
}

export function parametersOf(rows: readonly LayerRow[], freezeTo: number): { frozen: number; all: number } {
  const sum = (part: readonly LayerRow[]): number => part.reduce((total, { parameters }) => total + parameters, 0);
  return { frozen: sum(rows.slice(0, freezeTo)), all: sum(rows) };
}

/** The boundary nearest to a height: `tops` and `bottoms` of the rows, in order. The head, the last row, never freezes. */
export function freezeAt(height: number, rows: readonly { readonly top: number; readonly bottom: number }[]): number {
  let freezeTo = 0;
  for (const { top, bottom } of rows.slice(0, -1)) if (height > (top + bottom) / 2) freezeTo++;
  return freezeTo;
}
