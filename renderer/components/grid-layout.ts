/** Arithmetic of a virtual grid of equal cells: a division, and some care at its ends. Lengths are CSS pixels. All pure. */
export interface GridLayout {
  readonly columns: number;
  readonly rows: number;
  /** Side of a cell: the row is filled, so it is a little more than what was asked for. */
  readonly cell: number;
  /** From one row's top to the next one's. */
  readonly rowHeight: number;
  readonly height: number;
}

/** Rows or cells from `from` on, before `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface GridSize {
  readonly count: number;
  readonly width: number;
  /** The least side of a cell. */
  readonly size: number;
  readonly gap: number;
  /** Height of what stands under each picture. */
  readonly caption: number;
}

export function gridLayout({ count, width, size, gap, caption }: GridSize): GridLayout {
  const columns = Math.max(1, Math.floor((width + gap) / (size + gap)));
  const cell = Math.max(1, (width - gap * (columns - 1)) / columns);
  const rows = Math.ceil(count / columns);
  const rowHeight = cell + caption + gap;
  return { columns, rows, cell, rowHeight, height: Math.max(0, rows * rowHeight - gap) };
}

/** Rows that are in sight, with `spare` more on each side. */
export function rowsInSight(rowHeight: number, rows: number, top: number, height: number, spare: number): Range {
  const from = Math.min(rows, Math.max(0, Math.floor(top / rowHeight) - spare));
  const to = Math.min(rows, Math.max(from, Math.ceil((top + height) / rowHeight) + spare));
  return { from, to };
}

/** Where to scroll so that a row is whole in sight, moving as little as can be. */
export function scrollToRow(rowHeight: number, row: number, top: number, height: number): number {
  const start = row * rowHeight;
  const end = start + rowHeight;
  // A row taller than the window is shown from its top.
  if (start < top || rowHeight > height) return start;
  return end > top + height ? end - height : top;
}

/** Where a key leads from `index`; null: not a key that moves. `page`: rows that a page holds. */
export function movedCursor(
  key: string,
  index: number,
  { count, columns, page, toEnd }: { count: number; columns: number; page: number; toEnd: boolean },
): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const inRange = (target: number): number => Math.min(last, Math.max(0, target));
  const rowStart = index - (index % columns);
  switch (key) {
    case 'ArrowLeft':
      return inRange(index - 1);
    case 'ArrowRight':
      return inRange(index + 1);
    case 'ArrowUp':
      return index < columns ? index : index - columns;
    case 'ArrowDown':
      // From above a gap in the last row down to its last cell.
      return rowStart + columns > last ? index : inRange(index + columns);
    case 'PageUp':
      return index - Math.min(page, Math.floor(index / columns)) * columns;
    case 'PageDown':
      return inRange(index + page * columns);
    case 'Home':
      return toEnd ? 0 : rowStart;
    case 'End':
      return toEnd ? last : inRange(rowStart + columns - 1);
    default:
      return null;
  }
}
