import uPlot from 'uplot';
import type { LinePlotInput } from './line-plot-input.ts';
import { stonePosition } from './paint-marks.ts';
import { areaOf } from './paint-plot.ts';
import { plotOptions } from './plot-options.ts';
import type { Range } from './ranges.ts';

export interface LinePlotEvents {
  readonly onCursor?: (x: number | null) => void;
  readonly onZoom?: (range: Range | null) => void;
  readonly onMark?: (id: string | null) => void;
}

/** Milliseconds between two redraws for new data: more than ten a second nobody can read. */
const pause = 100;

/**
 * uPlot as the frame: axes, grid, crosshair, zoom by dragging. The curves are painted in its draw hook, because each has its own
 * x, up to 100,000 points long, and joining them to the one x that uPlot wants would cost more than painting them.
 */
export class LinePlot {
  readonly #host: HTMLElement;
  readonly #events: LinePlotEvents;
  readonly #size: { readonly width: number; readonly height: number };
  #input: LinePlotInput;
  #plot: uPlot | null = null;
  #frame = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #painted = -Infinity;
  #cursor: number | null = null;
  #dragging = false;
  /** The plotting area has other edges than when it was painted. */
  #moved = false;
  #listening = new AbortController();

  /** `size`: CSS pixels, where the host has none of its own. */
  constructor(
    host: HTMLElement,
    input: LinePlotInput,
    events: LinePlotEvents = {},
    size: { readonly width: number; readonly height: number } = { width: 1, height: 1 },
  ) {
    this.#host = host;
    this.#input = input;
    this.#events = events;
    this.#size = size;
    this.#build();
  }

  /** New data wait for their turn; what a person did (zoom, highlight, scale, theme) is painted in the next frame. */
  update(input: LinePlotInput): void {
    const before = this.#input;
    this.#input = input;
    if (before.log !== input.log || before.palette !== input.palette || before.stones !== input.stones) {
      this.#build();
      return;
    }
    if (before.room.left !== input.room.left || before.room.right !== input.room.right) this.#moved = true;
    const byHand =
      before.formatX !== input.formatX ||
      before.shown[0] !== input.shown[0] ||
      before.shown[1] !== input.shown[1] ||
      before.litMark !== input.litMark;
    this.#schedule(byHand ? 0 : Math.max(0, this.#painted + pause - performance.now()));
  }

  /** Takes the size of its host again. */
  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (!this.#plot || width === 0 || height === 0) return;
    if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
  }

  /** Puts the crosshair at x; null takes it away. Calls nobody back. */
  setCursor(x: number | null): void {
    this.#cursor = x;
    if (!this.#plot || this.#dragging) return;
    const left = x === null ? -10 : this.#plot.valToPos(x, 'x');
    this.#plot.setCursor({ left, top: x === null ? -10 : 0 }, false);
  }

  /** Paints what was given last, now. */
  paint(): void {
    this.#cancel();
    this.#painted = performance.now();
    const plot = this.#plot;
    if (!plot) return;
    plot.batch(() => plot.setData(frameData(this.#input), true));
    if (this.#moved) plot.redraw(false, true);
    this.#moved = false;
  }

  /** Where the point lies, in CSS pixels from the window's top left corner. */
  position(x: number, y: number): { left: number; top: number } | null {
    if (!this.#plot) return null;
    const { left, top } = this.#plot.over.getBoundingClientRect();
    return { left: left + this.#plot.valToPos(x, 'x'), top: top + this.#plot.valToPos(y, 'y') };
  }

  /** What is painted, as a copy. */
  snapshot(): HTMLCanvasElement {
    const copy = document.createElement('canvas');
    this.paint();
    const { canvas } = this.#plot!.ctx;
    copy.width = canvas.width;
    copy.height = canvas.height;
    copy.getContext('2d')!.drawImage(canvas, 0, 0);
    return copy;
  }

  destroy(): void {
    this.#cancel();
    this.#listening.abort();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #schedule(wait: number): void {
    if (this.#frame) return;
    if (wait > 0) {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        this.#schedule(0);
      }, wait);
      return;
    }
    this.#frame = requestAnimationFrame(() => this.paint());
  }

  #cancel(): void {
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#frame) cancelAnimationFrame(this.#frame);
    this.#timer = null;
    this.#frame = 0;
  }

  #build(): void {
    this.destroy();
    const width = this.#host.clientWidth || this.#size.width;
    const height = this.#host.clientHeight || this.#size.height;
    this.#plot = new uPlot(
      plotOptions(width, height, { input: () => this.#input, onSelect: (self) => this.#select(self) }),
      frameData(this.#input),
      this.#host,
    );
    this.#painted = performance.now();
    this.#listen(this.#plot);
    this.setCursor(this.#cursor);
  }

  #listen({ over }: uPlot): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const { onCursor, onMark, onZoom } = this.#events;
    const hover = ({ offsetX, offsetY }: PointerEvent): void => {
      this.#cursor = this.#plot!.posToVal(offsetX, 'x');
      onCursor?.(this.#cursor);
      onMark?.(this.#markAt(offsetX, offsetY));
    };
    const leave = (): void => {
      onCursor?.(null);
      onMark?.(null);
    };
    over.addEventListener('pointermove', hover, { signal });
    over.addEventListener('pointerleave', leave, { signal });
    over.addEventListener('pointerdown', () => (this.#dragging = true), { signal });
    addEventListener('pointerup', () => (this.#dragging = false), { signal });
    over.addEventListener('dblclick', () => onZoom?.(null), { signal });
  }

  /** The stone or hairline near a point of the plotting area; targets are 28 pixels wide. */
  #markAt(left: number, top: number): string | null {
    const area = areaOf(this.#plot!, this.#input);
    for (const mark of this.#input.marks) {
      const at = stonePosition(mark, area);
      const dx = Math.abs(at.x - area.left - left * area.ratio);
      const dy = Math.abs(at.y - area.top - top * area.ratio);
      if (dx <= 14 * area.ratio && (mark.y === null ? top < 14 : dy <= 14 * area.ratio)) return mark.id;
    }
    return null;
  }

  #select(self: uPlot): void {
    const { left, width } = self.select;
    if (width < 4) return;
    this.#events.onZoom?.([self.posToVal(left, 'x'), self.posToVal(left + width, 'x')]);
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
  }
}

/** The plot of `input` in this size (CSS pixels), beside the one on the screen. */
export function linePicture(input: LinePlotInput, width: number, height: number): HTMLCanvasElement {
  const plot = new LinePlot(document.createElement('div'), input, {}, { width, height });
  const canvas = plot.snapshot();
  plot.destroy();
  return canvas;
}

/** uPlot needs something on each scale; the curves have arrays of their own. */
function frameData({ shown, y }: LinePlotInput): uPlot.AlignedData {
  return [[...shown], [...y]];
}
