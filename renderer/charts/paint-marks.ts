import type { PlotBand, PlotMark } from './line-series.ts';
import { markerPath, stoneRadius } from './markers.ts';
import type { PlotArea } from './paint-lines.ts';
import type { Range } from './ranges.ts';

export interface MarkColours {
  readonly hairline: string;
  readonly stone: string;
  readonly ink: string;
  readonly halo: string;
  readonly focus: string;
}

/** Hairlines lie under the curves. */
export function paintHairlines(
  context: CanvasRenderingContext2D,
  marks: readonly PlotMark[],
  area: PlotArea,
  colours: MarkColours,
  lit: string | null,
): void {
  for (const mark of marks) {
    if (!inside(mark.x, area)) continue;
    const x = Math.round(area.x.at(mark.x));
    context.strokeStyle = mark.id === lit ? colours.stone : colours.hairline;
    context.lineWidth = (mark.id === lit ? 1.5 : 1) * area.ratio;
    context.setLineDash([2 * area.ratio, 3 * area.ratio]);
    context.beginPath();
    context.moveTo(x, area.top);
    context.lineTo(x, area.top + area.height);
    context.stroke();
    context.setLineDash([]);
  }
}

/** Stones lie above the curves; `font` has the size of small text. */
export function paintStones(
  context: CanvasRenderingContext2D,
  marks: readonly PlotMark[],
  area: PlotArea,
  { colours, font, lit }: { readonly colours: MarkColours; readonly font: string; readonly lit: string | null },
): void {
  for (const mark of marks) {
    if (!inside(mark.x, area)) continue;
    const { x, y } = stonePosition(mark, area);
    const r = stoneRadius(mark.label) * area.ratio;
    context.save();
    context.translate(x, y);
    context.fillStyle = colours.stone;
    context.strokeStyle = mark.id === lit ? colours.focus : colours.halo;
    context.lineWidth = (mark.id === lit ? 2.5 : 1.5) * area.ratio;
    const path = new Path2D(markerPath('diamond', r / 1.15));
    context.stroke(path);
    context.fill(path);
    context.fillStyle = colours.ink;
    context.font = font;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(mark.label, 0, 0.5 * area.ratio);
    context.restore();
  }
}

/** Middle of a stone in canvas pixels. */
export function stonePosition(mark: PlotMark, area: PlotArea): { x: number; y: number } {
  const room = stoneRadius(mark.label) * area.ratio;
  return { x: area.x.at(mark.x), y: mark.y === null ? area.top - room - area.ratio : area.y.at(mark.y) };
}

/** A tint over a part of y. */
export function paintGoodRange(
  context: CanvasRenderingContext2D,
  [low, high]: Range,
  area: PlotArea,
  colour: string,
): void {
  const top = area.y.at(high);
  context.save();
  context.globalAlpha = 0.12;
  context.fillStyle = colour;
  context.fillRect(area.left, top, area.width, area.y.at(low) - top);
  context.restore();
}

/** Hatching over a part of x, at least wide enough to be seen, with its words beside its foot. */
export function paintBands(
  context: CanvasRenderingContext2D,
  bands: readonly PlotBand[],
  area: PlotArea,
  colours: { readonly line: string; readonly text: string; readonly halo: string; readonly font: string },
): void {
  for (const band of bands) {
    if (band.to < area.shown[0] || band.from > area.shown[1]) continue;
    const middle = (area.x.at(band.from) + area.x.at(band.to)) / 2;
    const width = Math.max(8 * area.ratio, area.x.at(band.to) - area.x.at(band.from));
    context.save();
    context.beginPath();
    context.rect(middle - width / 2, area.top, width, area.height);
    context.clip();
    context.strokeStyle = colours.line;
    context.lineWidth = area.ratio;
    context.beginPath();
    for (let y = area.top - width; y < area.top + area.height + width; y += 6 * area.ratio) {
      context.moveTo(middle - width / 2, y + width);
      context.lineTo(middle + width / 2, y);
    }
    context.stroke();
    context.restore();
    const onRight = middle < area.left + area.width / 2;
    context.font = colours.font;
    context.fillStyle = colours.text;
    context.textAlign = onRight ? 'left' : 'right';
    context.textBaseline = 'bottom';
    const side = (width / 2 + 4 * area.ratio) * (onRight ? 1 : -1);
    const foot = area.top + area.height - 4 * area.ratio;
    context.strokeStyle = colours.halo;
    context.lineWidth = 4 * area.ratio;
    context.lineJoin = 'round';
    context.strokeText(band.label, middle + side, foot);
    context.fillText(band.label, middle + side, foot);
  }
}

function inside(x: number, { shown }: PlotArea): boolean {
  return x >= shown[0] && x <= shown[1];
}
