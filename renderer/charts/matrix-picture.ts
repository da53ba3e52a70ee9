import { heatStep, inkOf, largestOf } from './heat-steps.ts';
import { palette } from './palette.svelte.ts';

export interface MatrixDrawing {
  readonly labels: readonly string[];
  readonly heat: readonly (readonly number[])[];
  readonly kind: 'confusion' | 'agreement';
  readonly print: (row: number, column: number) => string;
}

/** A matrix on a canvas of at most this size (CSS pixels, twice as many real ones), with labels where they can be read. */
export function matrixPicture(drawing: MatrixDrawing, width: number, height: number): HTMLCanvasElement {
  const { labels, print } = drawing;
  const n = labels.length;
  const named = n <= 60;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const family = getComputedStyle(document.body).fontFamily;
  const labelSize = Math.max(9, Math.min(16, height / (n + 3) - 2));
  context.font = `400 ${labelSize}px ${family}`;
  const room = named
    ? Math.min(width / 4, Math.max(...labels.map((label) => context.measureText(label).width)) + 8)
    : 0;
  const head = named ? labelSize + 8 : 0;
  const cell = Math.max(1, Math.min((width - room) / n, (height - head) / n, 72));
  canvas.width = 2 * Math.ceil(room + n * cell);
  canvas.height = 2 * Math.ceil(head + n * cell);
  context.scale(2, 2);
  paintCells(context, drawing, room, head, cell);
  context.textBaseline = 'middle';
  if (named) {
    context.font = `400 ${labelSize}px ${family}`;
    context.fillStyle = palette.colour('text2');
    labels.forEach((label, i) => {
      context.textAlign = 'right';
      context.fillText(label, room - 6, head + (i + 0.5) * cell, room - 6);
      context.textAlign = 'center';
      context.fillText(label, room + (i + 0.5) * cell, head / 2, cell - 2);
    });
  }
  if (cell >= 16) {
    context.font = `400 ${Math.min(18, cell * 0.45)}px ${family}`;
    context.textAlign = 'center';
    const steps = stepper(drawing);
    for (let row = 0; row < n; row++)
      for (let column = 0; column < n; column++) {
        const step = steps(row, column);
        const ink = step === 0 ? 'text3' : inkOf(step) === 1 ? 'ink-low' : 'ink-high';
        context.fillStyle = palette.colour(ink);
        context.fillText(print(row, column), room + (column + 0.5) * cell, head + (row + 0.5) * cell, cell - 2);
      }
  }
  return canvas;
}

/** Cells alone; `cell` may be a fraction of a pixel. */
export function paintCells(
  context: CanvasRenderingContext2D,
  drawing: MatrixDrawing,
  left: number,
  top: number,
  cell: number,
): void {
  const steps = stepper(drawing);
  const gap = cell >= 8 ? 1 : 0;
  drawing.heat.forEach((values, row) =>
    values.forEach((_, column) => {
      const step = steps(row, column);
      if (step === 0) return;
      const scale = drawing.kind === 'agreement' || row === column ? 'steel' : 'ember';
      context.fillStyle = palette.colour(`${scale}-${step}`);
      // One mistake among many classes must stay a visible dot.
      context.fillRect(left + column * cell, top + row * cell, Math.max(1, cell - gap), Math.max(1, cell - gap));
    }),
  );
}

function stepper({ heat, kind }: MatrixDrawing): (row: number, column: number) => number {
  const largest = largestOf(heat);
  return (row, column) => {
    const value = heat[row]![column]!;
    if (kind === 'agreement') return heatStep(Math.max(0.001, value - 0.5), 0.5);
    return heatStep(value, row === column ? largest.diagonal : largest.off);
  };
}
