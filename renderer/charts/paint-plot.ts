import uPlot from 'uplot';
import type { LinePlotInput } from './line-plot-input.ts';
import type { LineSeries } from './line-series.ts';
import { paintEndLabels } from './paint-end-labels.ts';
import { paintLine, type PlotArea } from './paint-lines.ts';
import { paintBands, paintGoodRange, paintHairlines, paintStones, type MarkColours } from './paint-marks.ts';
import { palette, smallText } from './palette.svelte.ts';
import { linearScale, logScale } from './scale.ts';
import { styleOf } from './series-style.ts';

/** CSS pixels; below this a plot has no labels at the lines' ends, the read-out above has the same values. */
export const narrow = 320;

/** Where uPlot lets curves be painted now. */
export function areaOf(self: uPlot, { shown, y, log }: LinePlotInput): PlotArea {
  const { left, top, width, height } = self.bbox;
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

/** What lies behind the curves: hatching and hairlines. */
export function paintUnder(self: uPlot, input: LinePlotInput): void {
  const { marks, bands, goodY, litMark } = input;
  const area = areaOf(self, input);
  clipped(self.ctx, area, () => {
    const font = scaled(palette.font(smallText), area.ratio);
    const colours = {
      line: palette.colour('warn'),
      text: palette.colour('text2'),
      halo: palette.colour('surface'),
      font,
    };
    if (goodY) paintGoodRange(self.ctx, goodY, area, palette.colour('good'));
    paintBands(self.ctx, bands, area, colours);
    paintHairlines(self.ctx, marks, area, markColours(), litMark);
  });
}

/** Curves, stones, names at the lines' ends and of the axis. */
export function paintOver(self: uPlot, input: LinePlotInput): void {
  const { series, marks, litMark, endLabel } = input;
  const area = areaOf(self, input);
  const colours = series.map((line) => strokeOf(self.ctx, line, area));
  clipped(self.ctx, area, () => series.forEach((line, i) => paintLine(self.ctx, line, area, colours[i]!)));
  const font = scaled(palette.font(smallText, 600), area.ratio);
  paintStones(self.ctx, marks, area, { colours: markColours(), font, lit: litMark });
  nameAxis(self, input.nameX, area);
  if (self.width >= narrow)
    paintEndLabels(self.ctx, series, area, endLabel, {
      font: scaled(palette.font(smallText), area.ratio),
      size: palette.textSize(smallText),
      text: palette.colour('text2'),
      colourOf: (line) => colours[series.indexOf(line)]!,
    });
}

function nameAxis({ ctx }: uPlot, name: string, area: PlotArea): void {
  ctx.save();
  ctx.font = scaled(palette.font(smallText), area.ratio);
  ctx.fillStyle = palette.colour('text3');
  ctx.textAlign = 'left';
  ctx.textBaseline = 'top';
  const right = area.left + area.width + 12 * area.ratio;
  ctx.fillText(name, right, area.top + area.height + 6 * area.ratio);
  ctx.restore();
}

function markColours(): MarkColours {
  return {
    hairline: palette.colour('control'),
    stone: palette.colour('s4'),
    ink: palette.colour('on-stone'),
    halo: palette.colour('surface'),
    focus: palette.colour('focus'),
  };
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
