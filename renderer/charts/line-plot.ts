import uPlot from 'uplot';
import { paintEndLabels } from './paint-end-labels.ts';
import { paintLine, type PlotArea } from './paint-lines.ts';
import { paintBands, paintHairlines, paintStones, stonePosition } from './paint-marks.ts';
import type { LineSeries, PlotBand, PlotMark } from './line-series.ts';
import { palette, smallText } from './palette.svelte.ts';
import type { Range } from './ranges.ts';
import { linearScale, logScale } from './scale.ts';
import { styleOf } from './series-style.ts';
import type { PlotRoom } from './shared-plot.svelte.ts';

/** What is painted. `shown`, `y`: ends of the axes; both must have low < high, and 0 < low on a logarithmic y. */
export interface LinePlotInput {
  readonly series: readonly LineSeries[];
  readonly marks: readonly PlotMark[];
  readonly bands: readonly PlotBand[];
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

export interface LinePlotEvents {
  readonly onCursor?: (x: number | null) => void;
  readonly onZoom?: (range: Range | null) => void;
  readonly onMark?: (id: string | null) => void;
}

/** Milliseconds between two redraws for new data: more than ten a second nobody can read. */
const pause = 100;

/** CSS pixels; see `#gutter`. */
const narrow = 320;

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
    this.#plot = new uPlot(this.#options(width, height), frameData(this.#input), this.#host);
    this.#painted = performance.now();
    this.#listen(this.#plot);
    this.setCursor(this.#cursor);
  }

  #options(width: number, height: number): uPlot.Options {
    const font = palette.font(smallText);
    const text = palette.textSize(smallText);
    const none = { show: false };
    return {
      width,
      height,
      padding: [this.#input.stones ? 25 : 10, (self) => this.#gutter(self), 0, 0],
      legend: none,
      cursor: {
        y: false,
        points: none,
        drag: { x: true, y: false, setScale: false, dist: 4 },
        bind: { dblclick: () => null },
      },
      scales: {
        x: { time: false, range: () => [...this.#input.shown] },
        y: { range: () => [...this.#input.y], distr: this.#input.log ? 3 : 1 },
      },
      axes: [
        {
          font,
          stroke: () => palette.colour('text3'),
          grid: none,
          ticks: { stroke: () => palette.colour('line'), width: 1, size: 4 },
          size: text + 12,
          gap: 2,
          splits: (_self, _axis, low, high) => this.#input.ticksX(low, high),
          values: (_self, splits) => splits.map((value) => this.#input.formatX(value)),
        },
        {
          font,
          stroke: () => palette.colour('text3'),
          grid: { stroke: () => palette.colour('line'), width: 1 },
          ticks: none,
          gap: 6,
          size: () => this.#input.room.left,
          splits: (self, _axis, low, high) => this.#input.ticksY(low, high, ticksIn(self, text)),
          filter: (_self, splits) => splits,
          values: (_self, splits) => splits.map((value) => this.#input.formatY(value)),
        },
      ],
      series: [{}, { paths: () => null, points: none }],
      hooks: {
        drawAxes: [(self) => this.#paintUnder(self)],
        draw: [(self) => this.#paintOver(self)],
        setSelect: [(self) => this.#select(self)],
      },
    };
  }

  /** A narrow plot has no labels at the lines' ends; the read-out above has the same values. */
  #gutter({ width }: uPlot): number {
    return width < narrow ? 12 : Math.min(this.#input.room.right, width / 3);
  }

  #area(self: uPlot): PlotArea {
    const { left, top, width, height } = self.bbox;
    const { shown, y, log } = this.#input;
    const scaleY = log ? logScale : linearScale;
    return {
      left,
      top,
      width,
      height,
      shown,
      x: linearScale(shown, [left, left + width]),
      y: scaleY(y, [top + height, top]),
      ratio: uPlot.pxRatio,
    };
  }

  #paintUnder(self: uPlot): void {
    const { marks, bands, litMark } = this.#input;
    const area = this.#area(self);
    clipped(self.ctx, area, () => {
      const font = scaled(palette.font(smallText), area.ratio);
      const colours = {
        line: palette.colour('warn'),
        text: palette.colour('text2'),
        halo: palette.colour('surface'),
        font,
      };
      paintBands(self.ctx, bands, area, colours);
      paintHairlines(self.ctx, marks, area, this.#markColours(), litMark);
    });
  }

  #paintOver(self: uPlot): void {
    const { series, marks, litMark, endLabel } = this.#input;
    const area = this.#area(self);
    const colours = series.map((one) => strokeOf(self.ctx, one, area));
    clipped(self.ctx, area, () => series.forEach((one, i) => paintLine(self.ctx, one, area, colours[i]!)));
    const font = scaled(palette.font(smallText, 600), area.ratio);
    paintStones(self.ctx, marks, area, this.#markColours(), font, litMark);
    this.#nameAxis(self, area);
    if (self.width >= narrow)
      paintEndLabels(self.ctx, series, area, endLabel, {
        font: scaled(palette.font(smallText), area.ratio),
        size: palette.textSize(smallText),
        text: palette.colour('text2'),
        colourOf: (one) => colours[series.indexOf(one)]!,
      });
  }

  #nameAxis({ ctx }: uPlot, area: PlotArea): void {
    ctx.save();
    ctx.font = scaled(palette.font(smallText), area.ratio);
    ctx.fillStyle = palette.colour('text3');
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    const right = area.left + area.width + 12 * area.ratio;
    ctx.fillText(this.#input.nameX, right, area.top + area.height + 6 * area.ratio);
    ctx.restore();
  }

  #markColours() {
    return {
      hairline: palette.colour('control'),
      stone: palette.colour('s4'),
      ink: palette.colour('on-stone'),
      halo: palette.colour('surface'),
      focus: palette.colour('focus'),
    };
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
    const area = this.#area(this.#plot!);
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

/** So many labels of the y axis have room above each other. */
function ticksIn({ height }: uPlot, text: number): number {
  return Math.max(2, Math.min(6, Math.floor((height - 4 * text) / (1.6 * text))));
}

function strokeOf(context: CanvasRenderingContext2D, { role }: LineSeries, area: PlotArea): string | CanvasGradient {
  const { token } = styleOf(role);
  if (token !== null) return palette.colour(token);
  const gradient = context.createLinearGradient(0, area.top + area.height, 0, area.top);
  for (let step = 0; step < 5; step++) gradient.addColorStop(step / 4, palette.colour(`heat-${step}`));
  return gradient;
}

function clipped(context: CanvasRenderingContext2D, area: PlotArea, paint: () => void): void {
  const slack = 4 * area.ratio; // a thick line on the border keeps its width
  context.save();
  context.beginPath();
  context.rect(area.left, area.top - slack, area.width + slack, area.height + 2 * slack);
  context.clip();
  paint();
  context.restore();
}

/** A font of the canvas: its pixels are the screen's. */
function scaled(font: string, ratio: number): string {
  return font.replace(/(\d+)px/, (_, size: string) => `${Number(size) * ratio}px`);
}
