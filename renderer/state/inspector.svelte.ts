import type { Snippet } from 'svelte';

interface InspectorContent {
  /** Heading of the panel. */
  readonly title: string;
  readonly content: Snippet;
  /** The person closed it: drop the selection. */
  readonly onClose: () => void;
}

/** The one panel beside main. A view fills it through `shell/Inspector.svelte`; it empties when that goes away. */
class InspectorState {
  #current = $state.raw<InspectorContent | null>(null);
  /** Closed by hand although it has something to show. */
  hidden = $state(false);

  get current(): InspectorContent | null {
    return this.#current;
  }

  get open(): boolean {
    return this.#current !== null && !this.hidden;
  }

  /** Shows `content` until the returned function is called or something else is shown. */
  show(content: InspectorContent): () => void {
    this.#current = content;
    return () => {
      if (this.#current === content) this.#current = null;
    };
  }

  toggle(): void {
    this.hidden = !this.hidden;
  }

  close(): void {
    this.#current?.onClose();
  }
}

export const inspector = new InspectorState();
