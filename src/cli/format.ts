import type { Accuracy } from '../protocol/accuracy.ts';

/** 0.9421 → '94.2 %' */
export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

/** '94.2 % of 153 (89.3 to 97.0)': an accuracy never stands alone. */
export function accuracyText({ accuracy, n, low, high }: Accuracy): string {
  return `${percent(accuracy)} of ${n} (${(low * 100).toFixed(1)} to ${(high * 100).toFixed(1)})`;
}

const splitWords: Readonly<Record<Accuracy['split'], string>> = {
  train: 'training pictures',
  validation: 'validation pictures',
  test: 'test pictures',
  outOfFold: 'pictures, each judged by a model that had not seen it',
};

export function splitText(split: Accuracy['split']): string {
  return splitWords[split];
}

/** 5 → '5 s', 75 → '1 min 15 s', 7300 → '2 h 2 min' */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** 18200000 → '18.2 MB' */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
}

/** Local time, '2026-11-23 12:04'. */
export function timeText(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Columns padded to their widest cell; numbers to the right. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, String(cell).length)));
  return rows.map((row) =>
    row
      .map((cell, i) => (typeof cell === 'number' ? String(cell).padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}
