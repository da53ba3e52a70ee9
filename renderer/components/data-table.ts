/** A column of a `DataTable`. */
export interface Column<R> {
  readonly key: string;
  readonly label: string;
  /** What stands in its cells says what it is; the label is read aloud only. */
  readonly hideLabel?: boolean;
  /** What it is sorted by; absent: not sortable. null goes last, whichever way. */
  readonly value?: (row: R) => string | number | null;
  /** What stands in the cell where the table's `cell` snippet draws nothing of its own. */
  readonly text: (row: R) => string;
  /** Figures stand at the right. */
  readonly figures?: boolean;
  /** More about the column, on hover. */
  readonly tip?: string;
}

export interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

/** Rows in the order asked for; equal ones keep theirs. */
export function sortRows<R>(
  rows: readonly R[],
  columns: readonly Column<R>[],
  sort: Sort | null,
  language: string,
): readonly R[] {
  const value = columns.find((column) => column.key === sort?.key)?.value;
  if (!sort || !value) return rows;
  const text = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const direction = sort.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, by: value(row) }))
    .sort((a, b) => {
      if (a.by === null || b.by === null) return Number(a.by === null) - Number(b.by === null);
      const order =
        typeof a.by === 'number' && typeof b.by === 'number' ? a.by - b.by : text.compare(String(a.by), String(b.by));
      return direction * order;
    })
    .map(({ row }) => row);
}

/** The next state of a column's head: figures begin with the largest, words with A. */
export function nextSort<R>(column: Column<R>, sort: Sort | null): Sort {
  if (sort?.key === column.key) return { key: column.key, descending: !sort.descending };
  return { key: column.key, descending: column.figures ?? false };
}
