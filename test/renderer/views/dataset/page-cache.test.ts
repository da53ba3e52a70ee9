import { describe, expect, it } from 'vitest';
import { PageCache, type Page } from '../../../../renderer/views/dataset/page-cache.ts';

interface Asked {
  readonly offset: number;
  readonly signal: AbortSignal;
  answer(total?: number): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** A list of numbers, whose pages come when the test says so. */
function slowList(total: number) {
  const asked: Asked[] = [];
  const state = { version: 0, changed: 0, failed: null as unknown };
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
  const cache = new PageCache<string>(
    (offset, limit, signal) =>
      new Promise<Page<string>>((resolve, reject) => {
        const { version } = state;
        asked.push({
          offset,
          signal,
          answer: (now = total) => {
            const rows = Array.from({ length: Math.max(0, Math.min(limit, now - offset)) }, (_, i) => offset + i);
            resolve({ total: now, rows: rows.map((row) => `${row} v${version}`) });
            return settled();
          },
          fail: (error) => {
            reject(error as Error);
            return settled();
          },
        });
      }),
    (failed) => {
      state.changed++;
      state.failed = failed;
    },
    { pageRows: 10, most: 3 },
  );
  const open = (): Asked[] => asked.filter(({ signal }) => !signal.aborted);
  return { cache, asked, open, state };
}

describe('PageCache', () => {
  it('asks for the pages in sight, each once, and gives their rows', async () => {
    const { cache, asked, state } = slowList(100);
    cache.want({ from: 5, to: 15 });
    cache.want({ from: 5, to: 15 });
    expect(asked.map(({ offset }) => offset)).toEqual([0, 10]);
    expect(cache.row(5)).toBeNull();
    await asked[0]!.answer();
    expect(cache.row(5)).toBe('5 v0');
    expect(cache.row(12)).toBeNull();
    expect(cache.total).toBe(100);
    expect(state.changed).toBe(1);
  });

  it('gives up pages that left the sight before they came', async () => {
    const { cache, asked, open } = slowList(1000);
    cache.want({ from: 0, to: 10 });
    await asked[0]!.answer();
    cache.want({ from: 300, to: 310 });
    cache.want({ from: 700, to: 710 });
    expect(asked.find(({ offset }) => offset === 300)!.signal.aborted).toBe(true);
    expect(open().map(({ offset }) => offset)).toEqual([0, 700]);
  });

  it('keeps a few pages around the newest, and always the one with the focus', async () => {
    const { cache, asked } = slowList(1000);
    for (const from of [0, 100, 200, 300, 400]) {
      cache.want({ from, to: from + 10 });
      await asked.at(-1)!.answer();
    }
    expect([0, 100, 200, 300, 400].filter((index) => cache.row(index) !== null)).toEqual([0, 300, 400]);
  });

  it('shows the old rows until the new ones come after a change', async () => {
    const { cache, asked, state } = slowList(30);
    cache.want({ from: 0, to: 10 });
    await asked[0]!.answer();
    state.version = 1;
    cache.refresh();
    expect(cache.row(3)).toBe('3 v0');
    await asked[1]!.answer();
    expect(cache.row(3)).toBe('3 v1');
  });

  it('does not take an answer that was asked before the change', async () => {
    const { cache, asked, state } = slowList(30);
    cache.want({ from: 0, to: 10 });
    state.version = 1;
    cache.refresh();
    await asked[1]!.answer();
    await asked[0]!.answer();
    expect(cache.row(3)).toBe('3 v1');
  });

  it('forgets everything where the list is about something else', async () => {
    const { cache, asked } = slowList(30);
    cache.want({ from: 0, to: 10 });
    await asked[0]!.answer();
    cache.clear();
    expect(cache.row(3)).toBeNull();
    expect(cache.total).toBeNull();
  });

  it('tells a failure, and asks again when it is wanted again', async () => {
    const { cache, asked, state } = slowList(30);
    cache.want({ from: 0, to: 10 });
    await asked[0]!.fail(new Error('no'));
    expect(state.failed).toBeInstanceOf(Error);
    cache.want({ from: 0, to: 10 });
    await asked[1]!.answer();
    expect(state.failed).toBeNull();
    expect(cache.row(0)).toBe('0 v0');
  });

  it('fetches rows of ranges that are not kept, in order', async () => {
    const { cache, asked } = slowList(3000);
    const rows = cache.rowsOf(
      [
        { from: 2, to: 4 },
        { from: 1000, to: 2500 },
      ],
      new AbortController().signal,
    );
    for (const expected of [2, 1000, 2000]) {
      await expect.poll(() => asked.at(-1)!.offset).toBe(expected);
      await asked.at(-1)!.answer();
    }
    const got = await rows;
    expect(got).toHaveLength(1502);
    expect(got.slice(0, 3)).toEqual(['2 v0', '3 v0', '1000 v0']);
  });
});
