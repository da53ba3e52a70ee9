import { valueNear } from './line-read-out.ts';
import type { LineSeries } from './line-series.ts';
import { isStroked, markerPath } from './markers.ts';
import type { PlotArea } from './paint-lines.ts';
import { styleOf } from './series-style.ts';
import { spreadLabels } from './spread-labels.ts';

export interface EndLabelStyle {
  readonly font: string;
  /** Height of the text in CSS pixels. */
  readonly size: number;
  readonly text: string;
  readonly colourOf: (series: LineSeries) => string | CanvasGradient;
}

const signWidth = 22;

/** CSS pixels right of the plot that labels like these need; digits all take the room of a 0, so that it stays the same. */
export function gutterFor(labels: readonly string[], font: string): number {
  const widest = widestText(labels, font);
  return widest === 0 ? 12 : Math.ceil((widest + signWidth + 8) / 8) * 8;
}

/** CSS pixels left of the plot for the labels of its axis, in steps of eight: it does not jump with each digit. */
export function axisRoom(labels: readonly string[], font: string): number {
  return Math.max(40, Math.ceil((widestText(labels, font) + 12) / 8) * 8);
}

let measure: CanvasRenderingContext2D | null = null;

function widestText(labels: readonly string[], font: string): number {
  measure ??= document.createElement('canvas').getContext('2d')!;
  measure.font = font;
  const widths = labels.map((label) => measure!.measureText(label.replace(/\d/g, '0')).width);
  return Math.max(0, ...widths);
}

/** Value and name of each named series right of the plot, at the height of its last value shown, none over another. */
export function paintEndLabels(
  context: CanvasRenderingContext2D,
  series: readonly LineSeries[],
  area: PlotArea,
  labelOf: (series: LineSeries) => string,
  style: EndLabelStyle,
): void {
  const last = (line: LineSeries): number | null => valueNear(line, area.shown[1]);
  const named = series.filter((line) => line.named !== false && last(line) !== null);
  const wanted = named.map((line) => area.y.at(last(line)!));
  const places = spreadLabels(wanted, style.size * 1.35 * area.ratio, area.top, area.top + area.height);
  context.save();
  context.font = style.font;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  named.forEach((line, i) => {
    const y = Math.min(Math.max(places[i]!, area.top), area.top + area.height);
    const left = area.left + area.width + 6 * area.ratio;
    paintSign(context, line, { left, y, ratio: area.ratio, colour: style.colourOf(line) });
    context.fillStyle = style.text;
    context.fillText(labelOf(line), left + (signWidth - 4) * area.ratio, y);
  });
  context.restore();
}

/** In pixels of the canvas; `ratio`: how many of them a pixel of the page has. */
interface SignPlace {
  readonly left: number;
  readonly y: number;
  readonly ratio: number;
  readonly colour: string | CanvasGradient;
}

/** A piece of the line with its marker: what the label belongs to, without colour too. */
function paintSign(context: CanvasRenderingContext2D, series: LineSeries, { left, y, ratio, colour }: SignPlace): void {
  const style = styleOf(series.role);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.globalAlpha = series.alpha ?? 1;
  context.lineWidth = (series.width ?? style.width) * ratio;
  context.setLineDash((series.dash ?? style.dash).map((length) => length * ratio));
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + 14 * ratio, y);
  context.stroke();
  context.setLineDash([]);
  if (style.marker) {
    const path = new Path2D(markerPath(style.marker, 3.5 * ratio));
    context.save();
    context.translate(left + 7 * ratio, y);
    context.lineWidth = 1.5 * ratio;
    if (isStroked(style.marker)) context.stroke(path);
    else context.fill(path);
    context.restore();
  }
  context.globalAlpha = 1;
}
