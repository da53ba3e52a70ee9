import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridLayout, movedCursor, rowsInSight, scrollToRow } from '../../../renderer/components/grid-layout.ts';

const sizes = fc.record({
  count: fc.integer({ min: 0, max: 100_000 }),
  width: fc.integer({ min: 1, max: 4000 }),
  size: fc.integer({ min: 32, max: 224 }),
  gap: fc.integer({ min: 0, max: 16 }),
  caption: fc.constantFrom(0, 24),
});

describe('gridLayout', () => {
  it('puts as many columns as fit and stretches their cells over the whole width', () => {
    const grid = gridLayout({ count: 1000, width: 640, size: 96, gap: 8, caption: 0 });
    expect(grid.columns).toBe(6);
    expect(grid.cell).toBe(100);
    expect(grid.rows).toBe(167);
    expect(grid.height).toBe(167 * 108 - 8);
  });

  it('has a place for every cell, never a wider row than there is, never a smaller cell than asked for', () => {
    fc.assert(
      fc.property(sizes, (size) => {
        const grid = gridLayout(size);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(size.count);
        expect(Math.max(0, grid.rows - 1) * grid.columns).toBeLessThanOrEqual(size.count);
        expect(grid.columns * grid.cell + (grid.columns - 1) * size.gap).toBeLessThanOrEqual(size.width + 1e-6);
        if (grid.columns > 1) expect(grid.cell).toBeGreaterThanOrEqual(size.size - 1e-6);
      }),
    );
  });
});

describe('rowsInSight', () => {
  it('holds each row that touches the window, and few more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 3000 }),
        (rowHeight, rows, where, height) => {
          const top = where * Math.max(0, rows * rowHeight - height);
          const { from, to } = rowsInSight(rowHeight, rows, top, height, 2);
          for (const row of [0, 1, Math.floor(top / rowHeight), rows - 1]) {
            const touches = row >= 0 && row < rows && (row + 1) * rowHeight > top && row * rowHeight < top + height;
            if (touches) expect(row >= from && row < to).toBe(true);
          }
          expect(to - from).toBeLessThanOrEqual(Math.ceil(height / rowHeight) + 6);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThanOrEqual(rows);
        },
      ),
    );
  });
});

describe('scrollToRow', () => {
  it('brings a row whole into sight and does not move for one that is', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 200 }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 500_000 }),
        fc.integer({ min: 200, max: 2000 }),
        (rowHeight, row, top, height) => {
          const moved = scrollToRow(rowHeight, row, top, height);
          expect(row * rowHeight).toBeGreaterThanOrEqual(moved);
          expect((row + 1) * rowHeight).toBeLessThanOrEqual(moved + height);
          const wasInSight = row * rowHeight >= top && (row + 1) * rowHeight <= top + height;
          if (wasInSight) expect(moved).toBe(top);
        },
      ),
    );
  });
});

describe('movedCursor', () => {
  const grid = { count: 10, columns: 4, page: 2, toEnd: false };

  it('goes as arrows, pages and ends say, and stays where there is nothing further', () => {
    expect(movedCursor('ArrowRight', 3, grid)).toBe(4);
    expect(movedCursor('ArrowDown', 1, grid)).toBe(5);
    expect(movedCursor('ArrowDown', 7, grid)).toBe(9);
    expect(movedCursor('ArrowDown', 9, grid)).toBe(9);
    expect(movedCursor('ArrowUp', 2, grid)).toBe(2);
    expect(movedCursor('PageUp', 9, grid)).toBe(1);
    expect(movedCursor('Home', 6, grid)).toBe(4);
    expect(movedCursor('End', 6, grid)).toBe(7);
    expect(movedCursor('End', 6, { ...grid, toEnd: true })).toBe(9);
    expect(movedCursor('x', 6, grid)).toBeNull();
    expect(movedCursor('ArrowDown', 0, { ...grid, count: 0 })).toBeNull();
  });

  it('never leaves the grid', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'];
    fc.assert(
      fc.property(
        fc.constantFrom(...keys),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 30 }),
        fc.nat(),
        fc.boolean(),
        (key, count, columns, seed, toEnd) => {
          const moved = movedCursor(key, seed % count, { count, columns, page: 3, toEnd });
          expect(moved).toBeGreaterThanOrEqual(0);
          expect(moved).toBeLessThan(count);
        },
      ),
    );
  });
});
