import { announcer } from './announcer.svelte.ts';

/** Something that was done and can be taken back. Nothing is asked before; everything is undone after. */
export interface Change {
  /** What was done, for the toast: "Moved 2 to tulip." */
  readonly message: string;
  readonly undo: () => Promise<unknown> | unknown;
  readonly redo?: () => Promise<unknown> | unknown;
}

interface ToastItem {
  readonly id: number;
  readonly kind: 'plain' | 'bad';
  readonly message: string;
  readonly change: Change | null;
  /** At least 10; the clock stands still under pointer and focus. */
  readonly seconds: number;
}

const kept = 50;

/** Toasts, and what `Ctrl/Cmd+Z` takes back. */
class Changes {
  #toasts = $state.raw<readonly ToastItem[]>([]);
  #done: Change[] = [];
  #undone: Change[] = [];
  #nextId = 1;

  get toasts(): readonly ToastItem[] {
    return this.#toasts;
  }

  /** Tells what was done, with Undo in the toast and in the menu. */
  did(change: Change, seconds = 10): void {
    this.#done = [...this.#done, change].slice(-kept);
    this.#undone = [];
    this.#show('plain', change.message, change, seconds);
  }

  say(message: string, seconds = 10): void {
    this.#show('plain', message, null, seconds);
  }

  /** For what failed away from any place where it could stand. */
  fail(message: string, seconds = 20): void {
    this.#show('bad', message, null, seconds);
  }

  dismiss(id: number): void {
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
  }

  /** Takes back this change, or the newest. */
  async undo(change: Change | undefined = this.#done.at(-1)): Promise<void> {
    if (!change || !this.#done.includes(change)) return;
    this.#done = this.#done.filter((done) => done !== change);
    this.#toasts = this.#toasts.filter((toast) => toast.change !== change);
    if (change.redo) this.#undone.push(change);
    await change.undo();
  }

  async redo(): Promise<void> {
    const change = this.#undone.pop();
    if (!change?.redo) return;
    this.#done.push(change);
    await change.redo();
  }

  #show(kind: ToastItem['kind'], message: string, change: Change | null, seconds: number): void {
    const toast = { id: this.#nextId++, kind, message, change, seconds: Math.max(10, seconds) };
    this.#toasts = [...this.#toasts, toast].slice(-4);
    announcer.announce(message, kind === 'bad' ? 'assertive' : 'polite');
  }
}

export const changes = new Changes();
