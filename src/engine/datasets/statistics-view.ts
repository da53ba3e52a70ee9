import type { Picture } from '../../protocol/dataset.ts';
import type { DatasetStatisticsView, Histogram } from '../../protocol/dataset-view.ts';

const bins = 40;
/** Side of what most backbones see, pixels. */
const usualInput = 224;

/** Whether a picture is a copy of another of them; other series do not count. */
export function copyTest(pictures: readonly Picture[]): (picture: Picture) => boolean {
  const sizes = new Map<number, number>();
  for (const { group, why } of pictures) if (why === 'copy') sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return ({ group, why }) => why === 'copy' && sizes.get(group)! > 1;
}

export function statisticsView(pictures: readonly Picture[]): DatasetStatisticsView {
  const sides = Float64Array.from(pictures, ({ width, height }) => Math.min(width, height));
  const formats = new Map<string, number>();
  for (const { format } of pictures) formats.set(format, (formats.get(format) ?? 0) + 1);
  const isCopy = copyTest(pictures);
  return {
    shorterSide: logarithmicHistogram(sides),
    aspect: histogram(Float64Array.from(pictures, ({ width, height }) => width / height)),
    bytes: histogram(Float64Array.from(pictures, ({ bytes }) => bytes)),
    smallerThanInput: sides.filter((side) => side < usualInput).length,
    formats: Object.fromEntries([...formats].sort(([, a], [, b]) => b - a)),
    duplicates: pictures.filter(isCopy).length,
    turned: pictures.filter(({ turned }) => turned).length,
    totalBytes: pictures.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Of nothing: no edges, no counts. Equal values get a range of their own around them. */
function histogram(values: Float64Array): Histogram {
  if (values.length === 0) return { edges: [], counts: [] };
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low === high) [low, high] = [low * 0.9, high * 1.1 || 1];
  const step = (high - low) / bins;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor((value - low) / step))]!++;
  return { edges: Array.from({ length: bins + 1 }, (_, bin) => low + bin * step), counts };
}

function logarithmicHistogram(values: Float64Array): Histogram {
  const { edges, counts } = histogram(values.map(Math.log));
  return { edges: edges.map(Math.exp), counts };
}
