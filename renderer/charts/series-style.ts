import type { MarkerShape } from './markers.ts';

/** Places in the palette of runs and of free series; see the table of tokens. */
const slots = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'] as const;
export type Slot = (typeof slots)[number];

/** Inside one run a colour has one meaning everywhere; between runs the colour is the run. */
export type SeriesRole = 'training' | 'validation' | 'ensemble' | 'learningRate' | Slot;

export interface SeriesStyle {
  /** A colour of tokens.css, without the dashes; null: the scale from cool to warm, by height. */
  readonly token: string | null;
  readonly width: number;
  readonly dash: readonly number[];
  readonly marker: MarkerShape | null;
  /** Keeps its value up to the next point. */
  readonly steps: boolean;
}

const line = (token: string, marker: MarkerShape, dash: readonly number[] = []): SeriesStyle => ({
  token,
  width: 2,
  dash,
  marker,
  steps: false,
});

const styles: Readonly<Record<SeriesRole, SeriesStyle>> = {
  training: { token: 's8', width: 1.5, dash: [4, 3], marker: null, steps: false },
  validation: { token: 's3', width: 2, dash: [], marker: 'triangle', steps: false },
  ensemble: { token: 's4', width: 2.5, dash: [], marker: 'diamond', steps: true },
  learningRate: { token: null, width: 2, dash: [], marker: null, steps: false },
  s1: line('s1', 'disc'),
  s2: line('s2', 'square', [8, 4]),
  s3: line('s3', 'triangle', [2, 3]),
  s4: line('s4', 'diamond', [8, 3, 2, 3]),
  s5: line('s5', 'wedge', [12, 4]),
  s6: line('s6', 'plus', [4, 4]),
  s7: line('s7', 'cross', [1, 3]),
  s8: line('s8', 'ring', [6, 2, 2, 2]),
};

export function styleOf(role: SeriesRole): SeriesStyle {
  return styles[role];
}

/** Of a run among several: the first has `s1`; after eight they come again. */
export function slotOf(index: number): Slot {
  return slots[index % slots.length]!;
}
