import type { Setting } from '../../src/settings/declaration.ts';
import type { Formats } from '../../src/messages/ui/format.ts';

/** How the values of settings are typed, written and stepped. All pure. */

/**
 * `3e-4`, `0.0003` and `0,0003` alike; '1,000' and '1 000' are a thousand where only whole numbers are meant. Null for what is
 * no number.
 */
export function parseNumber(text: string, whole = false): number | null {
  const plain = text
    .trim()
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/[−–]/g, '-');
  const pointed = whole && /^-?\d{1,3}(,\d{3})+$/.test(plain) ? plain.replaceAll(',', '') : plain.replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(pointed) ? Number(pointed) : null;
}

/** Numbers between spaces or semicolons, or commas with a space behind them: `1e-4; 0,01; 1`. Null where one is none. */
export function parseNumbers(text: string): number[] | null {
  const parts = text
    .trim()
    .split(/\s*;\s*|,\s+|\s+/)
    .filter(Boolean);
  const numbers = parts.map((part) => parseNumber(part));
  return numbers.some((number) => number === null) ? null : (numbers as number[]);
}

/**
 * The value that a typed text stands for: a number, null for an empty text where the setting may be empty, else the text itself,
 * which the check of the setting then refuses in words.
 */
export function readTyped(field: Setting, text: string): unknown {
  if (text.trim() === '') return field.nullable ? null : field.fresh;
  if (field.kind === 'number') return parseNumber(text, field.integer) ?? text.trim();
  if (field.kind === 'numbers') return parseNumbers(text) ?? text.trim();
  return text.trim();
}

/** A value as it stands in its field: short, without separators of thousands, so that it can be typed over. */
export function writeValue(field: Setting, value: unknown, format: Formats): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => writeNumber(item as number, format)).join('; ');
  if (typeof value !== 'number') return String(value);
  return field.isRate ? format.rate(value) : writeNumber(value, format);
}

function writeNumber(value: number, format: Formats): string {
  if (value !== 0 && Math.abs(value) < 1e-3) return format.rate(value);
  if (Number.isInteger(value)) return String(value);
  const digits = Math.max(1, Math.min(6, (String(Number(value.toPrecision(6))).split('.')[1] ?? '').length));
  return format.decimal(value, digits);
}

/** One step up or down; a `large` one is ten times as far. The result lies within the limits. */
export function stepped(field: Setting, value: number, direction: 1 | -1, large: boolean): number {
  if (!field.isRate) {
    const step = stepOf(field) * (large ? 10 : 1);
    // On the grid of the step: 0.1 + 0.2 is not 0.3.
    return clamped(
      field,
      Number((Math.round((value + direction * step) / stepOf(field)) * stepOf(field)).toPrecision(12)),
    );
  }
  if (value === 0) return direction === 1 ? clamped(field, 1e-6) : 0;
  const factor = large ? 10 : 1.25;
  const next = Number((direction === 1 ? value * factor : value / factor).toPrecision(3));
  return clamped(field, next < 1e-9 && field.min === 0 ? 0 : next);
}

/** A hundredth or so of what people use of the range: 1 for whole numbers, 0.05 or 0.01 for fractions. */
export function stepOf({ integer, min, max }: Setting): number {
  if (integer) return 1;
  const range = (max ?? 1) - (min ?? 0);
  if (range <= 0.5) return 0.01;
  if (range <= 1) return 0.05;
  return range <= 20 ? 0.1 : 1;
}

export function clamped({ min, max }: Setting, value: number): number {
  return Math.min(max ?? value, Math.max(min ?? value, value));
}
