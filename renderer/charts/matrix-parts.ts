import type { Snippet } from 'svelte';

export interface MatrixCell {
  readonly row: number;
  readonly column: number;
}

export interface MatrixProps {
  readonly title: string;
  /** Of rows and columns: class names, or numbers of members. */
  readonly labels: readonly string[];
  /** Square; rows: true class, columns: predicted class, pictures. Of 'agreement': shares, symmetric. */
  readonly values: readonly (readonly number[])[];
  readonly kind: 'confusion' | 'agreement';
  /** What a confusion cell prints. */
  readonly mode?: 'counts' | 'percent' | undefined;
  /** Differences to what stood there before, shown until they are taken away; null: none. */
  readonly changes?: readonly (readonly number[])[] | null | undefined;
  /** The cell whose pictures are open. */
  readonly selected?: MatrixCell | null | undefined;
  readonly tools?: Snippet | undefined;
  /** Enter or a click; `filter` with Shift: as a filtered dataset. */
  readonly onCell?: ((cell: MatrixCell, how: 'open' | 'filter') => void) | undefined;
}

/** What table, list and canvas of a matrix share. */
export type MatrixPart = MatrixProps & {
  /** What the cells are coloured by. */
  readonly heat: readonly (readonly number[])[];
  readonly largest: { readonly diagonal: number; readonly off: number };
  /** The text of a cell, and its words for those who hear it. */
  readonly print: (row: number, column: number) => string;
  readonly say: (row: number, column: number) => string;
};

/** Where a key leads from a cell of an n × n matrix; null: the key is not the matrix's. */
export function movedCell(
  { row, column }: { readonly row: number; readonly column: number },
  key: string,
  withControl: boolean,
  n: number,
): { row: number; column: number } | null {
  const last = n - 1;
  switch (key) {
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(last, column + 1) };
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(last, row + 1), column };
    case 'Home':
      return { row: withControl ? 0 : row, column: 0 };
    case 'End':
      return { row: withControl ? last : row, column: last };
    default:
      return null;
  }
}
