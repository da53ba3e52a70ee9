import type { LegendItem } from './chart-frame.ts';
import { isStroked, markerPath } from './markers.ts';
import { palette } from './palette.svelte.ts';
import { styleOf } from './series-style.ts';

/** Size of a picture made for showing others: what previews of links use. */
const pictureWidth = 1200;
const pictureHeight = 630;
const margin = 48;
const headHeight = 96;
const footHeight = 48;

export const plotWidth = pictureWidth - 2 * margin;
export const plotHeight = pictureHeight - headHeight - footHeight - margin;

export interface PictureText {
  readonly title: string;
  readonly unit: string;
  readonly legend: readonly LegendItem[];
  readonly caption: string;
}

/** Title, numbers, plot and caption on one canvas, in the colours of the theme. */
export function composePicture(text: PictureText, plot: CanvasImageSource): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = pictureWidth;
  canvas.height = pictureHeight;
  const context = canvas.getContext('2d')!;
  const family = getComputedStyle(document.body).fontFamily;
  context.fillStyle = palette.colour('surface');
  context.fillRect(0, 0, pictureWidth, pictureHeight);
  context.textBaseline = 'alphabetic';
  context.fillStyle = palette.colour('text');
  context.font = `600 30px ${family}`;
  context.fillText(text.title, margin, 62);
  if (text.unit) {
    const left = margin + context.measureText(text.title).width;
    context.font = `400 22px ${family}`;
    context.fillStyle = palette.colour('text2');
    context.fillText(`, ${text.unit}`, left, 62);
  }
  paintLegend(context, text.legend, family);
  const [width, height] = sizeOf(plot);
  const scale = Math.min(plotWidth / width, plotHeight / height);
  const left = margin + (plotWidth - width * scale) / 2;
  context.drawImage(plot, left, headHeight + 24, width * scale, height * scale);
  context.font = `400 18px ${family}`;
  context.fillStyle = palette.colour('text3');
  context.fillText(text.caption, margin, pictureHeight - 28);
  context.textAlign = 'right';
  context.fillText('Anneal', pictureWidth - margin, pictureHeight - 28);
  return canvas;
}

/** Right to left from the right edge, under the title's line. */
function paintLegend(context: CanvasRenderingContext2D, legend: readonly LegendItem[], family: string): void {
  context.font = `500 20px ${family}`;
  let left = margin;
  for (const { role, label, value, dash } of legend) {
    const style = role && styleOf(role);
    if (style) {
      const colour = palette.colour(style.token ?? 'heat-4');
      context.strokeStyle = colour;
      context.fillStyle = colour;
      context.lineWidth = 2 * style.width;
      context.setLineDash((dash ?? style.dash).map((length) => 2 * length));
      context.beginPath();
      context.moveTo(left, 91);
      context.lineTo(left + 32, 91);
      context.stroke();
      context.setLineDash([]);
      if (style.marker) paintMarker(context, left + 16, 91, markerPath(style.marker, 6), isStroked(style.marker));
      left += 42;
    }
    context.fillStyle = palette.colour('text2');
    context.fillText(`${label} `, left, 98);
    left += context.measureText(`${label} `).width;
    context.fillStyle = palette.colour('text');
    context.fillText(value, left, 98);
    left += context.measureText(value).width + 32;
  }
}

function paintMarker(context: CanvasRenderingContext2D, x: number, y: number, path: string, stroked: boolean): void {
  context.save();
  context.translate(x, y);
  if (stroked) context.stroke(new Path2D(path));
  else context.fill(new Path2D(path));
  context.restore();
}

function sizeOf(plot: CanvasImageSource): [number, number] {
  if (plot instanceof HTMLImageElement) return [plot.naturalWidth, plot.naturalHeight];
  const { width, height } = plot as HTMLCanvasElement;
  return [width, height];
}

/** Puts a canvas on the clipboard as PNG; where that is refused it is saved as a file of this name. */
export async function copyOrSave(canvas: HTMLCanvasElement, name: string): Promise<'copied' | 'saved'> {
  const blob = await new Promise<Blob>((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error('the picture is too large'))), 'image/png'),
  );
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    return 'copied';
  } catch {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${name}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return 'saved';
  }
}
