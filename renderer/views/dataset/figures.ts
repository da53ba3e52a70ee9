import { locale } from '../../state/locale.svelte.ts';
import type { Measure, PictureWhere } from './dataset-query.ts';

/** How each measure of the statistics is written, with its unit. */
function measureText(of: Measure, value: number): string {
  if (of === 'aspect') return locale.format.decimal(value, 2);
  if (of === 'bytes') return locale.format.bytes(Math.round(value));
  return `${locale.format.count(Math.round(value))} ${locale.text.dataset.statistics.pixels}`;
}

/** A figure of the statistics in words: "Shorter side 120 px to 140 px". */
export function whereSaid(where: PictureWhere): string {
  const text = locale.text.dataset.statistics;
  if (where.kind === 'range') {
    const [from, to] = [measureText(where.of, where.from), measureText(where.of, where.to)];
    return text.range(text[where.of], from, to);
  }
  if (where.kind === 'format') return where.format;
  return where.kind === 'turned' ? text.turned : text.duplicates;
}
