import * as v from 'valibot';
import type { Language } from '../../src/base/language.ts';
import { decode, encode, storedKind } from '../../src/stored/kind.ts';
import { locale } from './locale.svelte.ts';

type Theme = 'system' | 'light' | 'dark';
type Motion = 'system' | 'reduced' | 'full';

export const textSizes = [90, 100, 110, 125, 150] as const;

interface Stored {
  language: Language;
  theme: Theme;
  textSize: number;
  motion: Motion;
  singleKeys: boolean;
  navigation: boolean;
  notifications: boolean;
}

const storageKey = 'anneal.preferences';

/** What makes no sense, one by one, counts as never chosen. */
const kept = <T extends v.GenericSchema>(schema: T) => v.exactOptional(v.fallback(v.optional(schema), undefined));

const preferencesKind = storedKind(
  'preferences',
  v.pipe(
    v.object({
      language: kept(v.picklist(['en', 'ru'])),
      theme: kept(v.picklist(['system', 'light', 'dark'])),
      textSize: kept(v.picklist(textSizes)),
      motion: kept(v.picklist(['system', 'reduced', 'full'])),
      singleKeys: kept(v.boolean()),
      navigation: kept(v.boolean()),
      notifications: kept(v.boolean()),
    }),
    v.transform((stored) => Object.fromEntries(Object.entries(stored).filter(([, value]) => value !== undefined))),
  ) as v.GenericSchema<unknown, Partial<Stored>>,
);

/** How this person wants the window to be; kept in this browser or application, not in the workspace. */
class Preferences {
  #stored = $state<Stored>({
    language: 'en',
    theme: 'system',
    textSize: 100,
    motion: 'system',
    singleKeys: true,
    navigation: true,
    notifications: false,
  });
  #systemDark = $state(false);
  #systemReduced = $state(false);
  readonly #listeners: (() => void)[] = [];

  /** The theme that is shown. */
  readonly dark: boolean = $derived(this.#stored.theme === 'system' ? this.#systemDark : this.#stored.theme === 'dark');
  readonly reducedMotion: boolean = $derived(
    this.#stored.motion === 'system' ? this.#systemReduced : this.#stored.motion === 'reduced',
  );

  get language(): Language {
    return this.#stored.language;
  }
  get theme(): Theme {
    return this.#stored.theme;
  }
  /** Per cent of the user's default. */
  get textSize(): number {
    return this.#stored.textSize;
  }
  get motion(): Motion {
    return this.#stored.motion;
  }
  /** `?`, `G` sequences and the single keys of grids and plots (WCAG 2.1.4). */
  get singleKeys(): boolean {
    return this.#stored.singleKeys;
  }
  /** The navigation is wanted beside main, where there is room. */
  get navigation(): boolean {
    return this.#stored.navigation;
  }

  /** A word at a run's end to whoever looks elsewhere, in a browser. */
  get notifications(): boolean {
    return this.#stored.notifications;
  }

  /** Reads what was kept and the system's wishes, and applies both. Call once, before the first paint. */
  start(): void {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    const follow = (): void => {
      this.#systemDark = dark.matches;
      this.#systemReduced = reduced.matches;
      this.#apply();
    };
    dark.addEventListener('change', follow);
    reduced.addEventListener('change', follow);
    Object.assign(this.#stored, readStored());
    follow();
  }

  /** Calls `listener` after each change made by hand. */
  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  change(change: Partial<Stored>): void {
    Object.assign(this.#stored, change);
    localStorage.setItem(storageKey, encode(preferencesKind, this.#stored));
    this.#apply();
    for (const listener of this.#listeners) listener();
  }

  #apply(): void {
    locale.language = this.#stored.language;
    const root = document.documentElement;
    root.dataset['theme'] = this.dark ? 'dark' : 'light';
    root.dataset['motion'] = this.reducedMotion ? 'reduced' : 'full';
    root.style.setProperty('--text-scale', String(this.#stored.textSize / 100));
  }
}

function readStored(): Partial<Stored> {
  const language: Language = navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en';
  try {
    return { language, ...decode(preferencesKind, localStorage.getItem(storageKey) ?? '{}', 'localStorage') };
  } catch {
    return { language };
  }
}

export const preferences = new Preferences();
