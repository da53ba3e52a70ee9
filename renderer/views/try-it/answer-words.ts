import type { PictureAnswer } from '../../../src/protocol/ensemble-view.ts';

export type Verdict = 'sure' | 'likely' | 'notSure';

/** What each member would say alone: labels with how many say so, most first. */
export function votesOf(classes: readonly string[], { members }: Pick<PictureAnswer, 'members'>): [string, number][] {
  const counts = new Map<string, number>();
  for (const { probabilities } of members) {
    const label = classes[indexOfLargest(probabilities)] ?? '';
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

/** Sure: at least 90 % and all agree. Not sure: under 60 %, or they differ. */
export function verdictOf(probability: number, votes: number): Verdict {
  if (probability < 0.6 || votes > 1) return 'notSure';
  return probability >= 0.9 ? 'sure' : 'likely';
}

/** The number that a member's stone carries: that of its snapshot, else its place. */
export function numberOf(name: string, index: number): number {
  const digits = /(\d+)$/.exec(name)?.[1];
  return digits ? Number(digits) : index + 1;
}

function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}

/** Rows of fields as RFC 4180 has them, with a mark that makes Excel read UTF-8. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\ufeff${rows.map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}
