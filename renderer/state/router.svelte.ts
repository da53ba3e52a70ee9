import { hashOf, idKindOf, parseHash, routeTo, type Route, type ViewName } from './routes.ts';

/** What an entry of the history knows beside its address. */
interface EntryState {
  readonly anneal: true;
  readonly index: number;
  readonly memory: Readonly<Record<string, unknown>>;
}

interface Visited {
  readonly object: { readonly kind: 'dataset' | 'run'; readonly id: string } | null;
  readonly run: string | null;
}

const focusKey = 'focus';
const scrollKey = 'scroll';

/**
 * Where the window is. Another view or object, an opened picture or cell is *pushed*; filter, sort, tab, member switches are
 * *replaced*. Going back restores what the view has kept with `remember`, the scroll of main, and the focus.
 */
class Router {
  #route = $state.raw<Route>(routeTo('start'));
  #visited = $state.raw<Visited>({ object: null, run: null });
  #index = $state(0);
  #last = $state(0);
  #memory: Record<string, unknown> = {};
  /** The address was reached by going back or forward, so the view restores what it kept. */
  returned = false;

  get route(): Route {
    return this.#route;
  }

  /** The dataset or run that was shown last, and the last run. */
  get visited(): Visited {
    return this.#visited;
  }

  get canGoBack(): boolean {
    return this.#index > 0;
  }

  get canGoForward(): boolean {
    return this.#index < this.#last;
  }

  /** Reads the address and follows it from now on. Call once, before the first paint. */
  start(): void {
    const state = entryState();
    this.#index = state?.index ?? 0;
    this.#last = Math.max(this.#index, Number(sessionStorage.getItem('anneal.last') ?? 0) || 0);
    this.#memory = { ...state?.memory };
    this.returned = state !== null;
    this.#show(parseHash(location.hash) ?? routeTo('start'));
    this.#write('replace');
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => this.#follow());
    addEventListener('pagehide', () => this.#keep());
  }

  push(route: Route): void {
    if (hashOf(route) === hashOf(this.#route)) return;
    this.#keep();
    this.#memory = {};
    this.returned = false;
    this.#show(route);
    this.#index++;
    this.#last = this.#index;
    this.#write('push');
  }

  replace(route: Route): void {
    this.#show(route);
    this.#write('replace');
  }

  go(view: ViewName, id: string | null = null, query: Readonly<Record<string, string | undefined>> = {}): void {
    this.push(routeTo(view, id, query));
  }

  /** Changes single keys of the query in place; `undefined` and '' take a key away. */
  refine(change: Readonly<Record<string, string | undefined>>): void {
    const { view, id, query } = this.#route;
    this.replace(routeTo(view, id, { ...query, ...change }));
  }

  back(): void {
    if (this.canGoBack) history.back();
  }

  forward(): void {
    if (this.canGoForward) history.forward();
  }

  /** Keeps a value (plain data) with the current entry of the history: a selection, a scroll position. */
  remember(key: string, value: unknown): void {
    this.#memory[key] = value;
  }

  /** What was kept when this entry was shown before; undefined for a new one. */
  recall(key: string): unknown {
    return this.#memory[key];
  }

  /** Gives main its scroll and the focus back; false where there is nothing to restore. Called when the view is there. */
  restore(main: HTMLElement): boolean {
    if (!this.returned) return false;
    const scroll = this.#memory[scrollKey];
    if (typeof scroll === 'number') main.scrollTop = scroll;
    const focus = this.#memory[focusKey];
    const target = typeof focus === 'string' ? findFocus(focus) : null;
    target?.focus({ preventScroll: true });
    return target !== null;
  }

  #follow(): void {
    // The entry is another one already: what is on the screen belongs to the one that was left.
    const state = entryState();
    const route = parseHash(location.hash) ?? routeTo('start');
    if (!state) {
      // An address typed by hand or a plain link.
      this.#memory = {};
      this.returned = false;
      this.#show(route);
      this.#index++;
      this.#last = this.#index;
      this.#write('replace');
      return;
    }
    leftMemories.set(this.#index, this.#snapshot());
    this.#index = state.index;
    this.#memory = { ...(leftMemories.get(state.index) ?? state.memory) };
    this.returned = true;
    this.#show(route);
  }

  #show(route: Route): void {
    this.#route = route;
    const kind = idKindOf[route.view];
    if (route.id === null || kind === 'none') return;
    this.#visited = { object: { kind, id: route.id }, run: kind === 'run' ? route.id : this.#visited.run };
  }

  #keep(): void {
    history.replaceState(this.#state(this.#snapshot()), '');
  }

  #snapshot(): Record<string, unknown> {
    const main = document.querySelector('main');
    return { ...this.#memory, [scrollKey]: main?.scrollTop ?? 0, [focusKey]: describeFocus() };
  }

  #write(how: 'push' | 'replace'): void {
    const state = this.#state(this.#memory);
    // Without the search part: a one-time token leaves the address here, before the first paint.
    const address = `${location.pathname}${hashOf(this.#route)}`;
    if (how === 'push') history.pushState(state, '', address);
    else history.replaceState(state, '', address);
    sessionStorage.setItem('anneal.last', String(this.#last));
  }

  #state(memory: Record<string, unknown>): EntryState {
    return { anneal: true, index: this.#index, memory: $state.snapshot(memory) };
  }
}

/** A left entry's state cannot be written any more once the browser has gone to another. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows it
const leftMemories = new Map<number, Record<string, unknown>>();

function entryState(): EntryState | null {
  const state: unknown = history.state;
  return typeof state === 'object' && state !== null && 'anneal' in state ? (state as EntryState) : null;
}

/** A way to find the focused element again: its id, or the key that its view gave it. */
function describeFocus(): string | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return null;
  if (element.dataset['focusKey']) return `key:${element.dataset['focusKey']}`;
  return element.id ? `id:${element.id}` : null;
}

function findFocus(description: string): HTMLElement | null {
  const value = description.slice(description.indexOf(':') + 1);
  if (description.startsWith('id:')) return document.getElementById(value);
  return document.querySelector<HTMLElement>(`[data-focus-key="${CSS.escape(value)}"]`);
}

export const router = new Router();
