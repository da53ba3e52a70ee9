import type { PicturePreview, PreviewReport } from '../../../src/protocol/dataset-view.ts';

const most = 400;
const atOnce = 32;

type Ask = (paths: readonly string[], signal: AbortSignal) => Promise<PreviewReport>;

/** What the network gets of the pictures in sight, for the grid's cross-fade and the frame on a large picture. */
export class SeenPictures {
  /** What failed last; tried again for the next pictures. */
  failed: unknown = null;
  readonly #ask: Ask;
  readonly #changed: () => void;
  readonly #seen = new Map<string, PicturePreview>();
  readonly #refused = new Set<string>();
  #wanted: readonly string[] = [];
  #abort: AbortController | null = null;

  /** `changed` is called after each answer. */
  constructor(ask: Ask, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  get(path: string): PicturePreview | null {
    return this.#seen.get(path) ?? null;
  }

  /** The paths in sight, most important first; what was asked before and has left the sight is not waited for. */
  want(paths: readonly string[]): void {
    this.#wanted = paths;
    if (!this.#abort) void this.#work();
  }

  /** The files are others now. */
  clear(): void {
    this.#seen.clear();
    this.#refused.clear();
    this.#changed();
  }

  close(): void {
    this.#wanted = [];
    this.#abort?.abort();
  }

  async #work(): Promise<void> {
    for (;;) {
      const next = this.#wanted.filter((path) => !this.#seen.has(path) && !this.#refused.has(path)).slice(0, atOnce);
      if (next.length === 0) break;
      this.#abort = new AbortController();
      try {
        const { previews } = await this.#ask(next, this.#abort.signal);
        this.failed = null;
        for (const preview of previews) this.#seen.set(preview.path, preview);
        // A picture that cannot be read is not asked for again and again.
        for (const path of next) if (!this.#seen.has(path)) this.#refused.add(path);
        for (const path of [...this.#seen.keys()].slice(0, Math.max(0, this.#seen.size - most)))
          this.#seen.delete(path);
        this.#changed();
      } catch (thrown) {
        this.failed = thrown;
        this.#changed();
        break;
      }
    }
    this.#abort = null;
  }
}
