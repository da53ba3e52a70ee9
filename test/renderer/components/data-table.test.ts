import { describe, expect, it } from 'vitest';
import { nextSort, sortRows, type Column } from '../../../renderer/components/data-table.ts';

interface Row {
  readonly name: string;
  readonly size: number | null;
}
const rows: readonly Row[] = [
  { name: 'img 10', size: 3 },
  { name: 'img 9', size: null },
  { name: 'Äpfel', size: 1 },
  { name: 'Zebra', size: 3 },
];
const columns: readonly Column<Row>[] = [
  { key: 'name', label: 'Name', value: (row) => row.name, text: (row) => row.name },
  { key: 'size', label: 'Size', value: (row) => row.size, text: (row) => String(row.size), figures: true },
];
const names = (sorted: readonly Row[]): string[] => sorted.map((row) => row.name);

describe('sortRows', () => {
  it('sorts words as a person would, numbers inside them by value', () => {
    const sorted = sortRows(rows, columns, { key: 'name', descending: false }, 'en');
    expect(names(sorted)).toEqual(['Äpfel', 'img 9', 'img 10', 'Zebra']);
  });

  it('keeps what is unknown last both ways, and equal rows in their order', () => {
    expect(names(sortRows(rows, columns, { key: 'size', descending: true }, 'en'))).toEqual([
      'img 10',
      'Zebra',
      'Äpfel',
      'img 9',
    ]);
    expect(names(sortRows(rows, columns, { key: 'size', descending: false }, 'en')).at(-1)).toBe('img 9');
  });

  it('leaves the rows as they are for a column that has no order', () => {
    expect(sortRows(rows, columns, { key: 'other', descending: false }, 'en')).toBe(rows);
  });
});

describe('nextSort', () => {
  it('begins with the largest figure and with the first word, then turns round', () => {
    expect(nextSort(columns[1]!, null)).toEqual({ key: 'size', descending: true });
    expect(nextSort(columns[0]!, null)).toEqual({ key: 'name', descending: false });
    expect(nextSort(columns[0]!, { key: 'name', descending: false })).toEqual({ key: 'name', descending: true });
  });
});
