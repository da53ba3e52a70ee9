/** Messages about a run at least this far apart, the newest wins. */
const runPause = 20_000;

/** The words for a screen reader; `shell/LiveAnnouncer.svelte` speaks them. */
class Announcer {
  polite = $state('');
  assertive = $state('');
  #spokenAt = 0;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  announce(text: string, how: 'polite' | 'assertive' = 'polite'): void {
    // A repeated text must change to be spoken again.
    const again = text === this[how] ? '\u00a0' : '';
    this[how] = text + again;
  }

  /** What a run tells, politely and not too often. */
  announceRun(text: string): void {
    if (this.#waiting) clearTimeout(this.#waiting);
    const wait = Math.max(0, this.#spokenAt + runPause - Date.now());
    this.#waiting = setTimeout(() => {
      this.#waiting = null;
      this.#spokenAt = Date.now();
      this.announce(text);
    }, wait);
  }
}

export const announcer = new Announcer();
