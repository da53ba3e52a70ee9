import type { Range } from '../../components/grid-layout.ts';

export interface Page<T> {
  /** Rows that there are in all. */
  readonly total: number;
  readonly rows: readonly T[];
}

export type FetchPage<T> = (offset: number, limit: number, signal: AbortSignal) => Promise<Page<T>>;

interface Waiting {
  readonly abort: AbortController;
  readonly generation: number;
}

/**
 * Pages of a long list around what is in sight. What is no longer wanted is given up on its way; a few pages on both sides are
 * kept. After `refresh` the old rows stay until the new ones come, so that nothing blinks.
 */
export class PageCache<T> {
  total: number | null = null;
  readonly #fetch: FetchPage<T>;
  readonly #changed: (failed: unknown) => void;
  readonly #pageRows: number;
  readonly #most: number;
  #pages = new Map<number, { readonly rows: readonly T[]; readonly generation: number }>();
  readonly #waiting = new Map<number, Waiting>();
  #wanted: Range = { from: 0, to: 1 };
  #generation = 0;
  #pinned = 0;

  /** `changed` is called after each page that came, with what was thrown where one failed. */
  constructor(
    fetch: FetchPage<T>,
    changed: (failed: unknown) => void,
    { pageRows = 200, most = 6 }: { readonly pageRows?: number; readonly most?: number } = {},
  ) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#pageRows = pageRows;
    this.#most = most;
  }

  row(index: number): T | null {
    return this.#pages.get(Math.floor(index / this.#pageRows))?.rows[index % this.#pageRows] ?? null;
  }

  /** Rows in sight: their pages are fetched, others on their way are given up. */
  want(range: Range): void {
    this.#wanted = { from: range.from, to: Math.max(range.from + 1, range.to) };
    const pages = this.#wantedPages();
    for (const [page, { abort }] of this.#waiting) {
      if (pages.includes(page)) continue;
      abort.abort();
      this.#waiting.delete(page);
    }
    for (const page of pages) this.#ensure(page);
  }

  /** A row that stays, wherever the list is scrolled to: the one with the focus. */
  pin(index: number): void {
    this.#pinned = Math.floor(index / this.#pageRows);
    this.want(this.#wanted);
  }

  /** The list is another one now. */
  refresh(): void {
    this.#generation++;
    this.want(this.#wanted);
  }

  /** The list is about something else: nothing of it may be seen any more. */
  clear(): void {
    this.#generation++;
    this.#pages.clear();
    this.total = null;
    this.#pinned = 0;
    this.#wanted = { from: 0, to: 1 };
    this.want(this.#wanted);
  }

  close(): void {
    for (const { abort } of this.#waiting.values()) abort.abort();
    this.#waiting.clear();
  }

  /** Rows of ranges, fetched where they are not kept. @throws what the fetch throws */
  async rowsOf(ranges: readonly Range[], signal: AbortSignal): Promise<T[]> {
    const largest = 1000;
    const rows: T[] = [];
    for (const { from, to } of ranges) {
      for (let offset = from; offset < to; offset += largest) {
        const limit = Math.min(largest, to - offset);
        const kept = Array.from({ length: limit }, (_, i) => this.#fresh(offset + i));
        const whole = kept.every((row): row is T => row !== null);
        rows.push(...(whole ? kept : (await this.#fetch(offset, limit, signal)).rows));
      }
    }
    return rows;
  }

  #fresh(index: number): T | null {
    const page = this.#pages.get(Math.floor(index / this.#pageRows));
    return page?.generation === this.#generation ? (page.rows[index % this.#pageRows] ?? null) : null;
  }

  #wantedPages(): number[] {
    const first = Math.floor(this.#wanted.from / this.#pageRows);
    const end = Math.min(this.#wanted.to, this.total ?? this.#wanted.to);
    const last = Math.max(first, Math.floor((end - 1) / this.#pageRows));
    const pages = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    return pages.includes(this.#pinned) ? pages : [...pages, this.#pinned];
  }

  #ensure(page: number): void {
    if (this.#pages.get(page)?.generation === this.#generation) return;
    const waiting = this.#waiting.get(page);
    if (waiting?.generation === this.#generation) return;
    waiting?.abort.abort();
    const mine = { abort: new AbortController(), generation: this.#generation };
    this.#waiting.set(page, mine);
    void this.#fetch(page * this.#pageRows, this.#pageRows, mine.abort.signal).then(
      ({ total, rows }) => {
        if (this.#waiting.get(page) !== mine) return;
        this.#waiting.delete(page);
        this.total = total;
        this.#pages.set(page, { rows, generation: mine.generation });
        this.#evict(page);
        this.#changed(null);
        // The end of the list may have moved into sight.
        this.want(this.#wanted);
      },
      (thrown: unknown) => {
        if (this.#waiting.get(page) !== mine) return;
        this.#waiting.delete(page);
        this.#changed(thrown);
      },
    );
  }

  /** The pages furthest from the newest go first. */
  #evict(newest: number): void {
    const furthest = [...this.#pages.keys()]
      .filter((page) => page !== this.#pinned)
      .sort((a, b) => Math.abs(b - newest) - Math.abs(a - newest));
    for (const page of furthest.slice(0, Math.max(0, this.#pages.size - this.#most))) this.#pages.delete(page);
  }
}
