import { lowerBound, minMaxColumns, type Polyline } from './downsample.ts';
import type { LineSeries } from './line-series.ts';
import { isStroked, markerPath } from './markers.ts';
import type { Range } from './ranges.ts';
import type { Scale } from './scale.ts';
import { styleOf } from './series-style.ts';

/** The plotting area in canvas pixels, and how values map into it. `ratio`: canvas pixels per CSS pixel. */
export interface PlotArea {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Scale;
  readonly y: Scale;
  readonly shown: Range;
  readonly ratio: number;
}

/** Points of a series that touch the shown part, reduced to what its pixels can show. */
function visiblePoints({ x, y }: LineSeries, { shown, width }: PlotArea): Polyline {
  // One point more at each end, so that the line runs on to the border.
  const from = Math.max(0, lowerBound(x, shown[0]) - 1);
  const to = Math.min(x.length, lowerBound(x, shown[1]) + 1);
  return minMaxColumns(x, y, Math.max(1, Math.round(width)), from, to);
}

export function paintLine(
  context: CanvasRenderingContext2D,
  series: LineSeries,
  area: PlotArea,
  colour: string | CanvasGradient,
): void {
  const style = styleOf(series.role);
  const { ratio } = area;
  const points = visiblePoints(series, area);
  context.globalAlpha = series.alpha ?? 1;
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.lineJoin = 'round';
  context.lineWidth = (series.width ?? style.width) * ratio;
  context.setLineDash((series.dash ?? style.dash).map((length) => length * ratio));
  trace(context, points, area, series.steps ?? style.steps);
  context.stroke();
  context.setLineDash([]);
  const shape = style.marker ?? (points.x.length === 1 ? 'disc' : null); // a single point makes no line
  if (shape && series.named !== false) paintMarkers(context, points, area, shape);
  context.globalAlpha = 1;
}

function trace(context: CanvasRenderingContext2D, { x, y }: Polyline, area: PlotArea, steps: boolean): void {
  context.beginPath();
  let pen = false;
  let before = 0;
  for (let i = 0; i < x.length; i++) {
    const value = y[i]!;
    if (Number.isNaN(value)) {
      pen = false;
      continue;
    }
    const px = area.x.at(x[i]!);
    const py = area.y.at(value);
    if (!pen) context.moveTo(px, py);
    else {
      if (steps) context.lineTo(px, before);
      context.lineTo(px, py);
    }
    pen = true;
    before = py;
  }
}

/** Markers where they have room; where they have not, the line's end alone carries one. */
function paintMarkers(
  context: CanvasRenderingContext2D,
  { x, y }: Polyline,
  area: PlotArea,
  shape: Parameters<typeof markerPath>[0],
): void {
  const n = x.length;
  if (n === 0) return;
  const spacing = (area.x.at(x[n - 1]!) - area.x.at(x[0]!)) / Math.max(1, n - 1);
  const path = new Path2D(markerPath(shape, 3.5 * area.ratio));
  for (let i = spacing >= 14 * area.ratio ? 0 : n - 1; i < n; i++) {
    if (Number.isNaN(y[i]!)) continue;
    context.save();
    context.translate(area.x.at(x[i]!), area.y.at(y[i]!));
    if (isStroked(shape)) {
      context.lineWidth = 1.5 * area.ratio;
      context.stroke(path);
    } else context.fill(path);
    context.restore();
  }
}
