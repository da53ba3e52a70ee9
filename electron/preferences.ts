import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { decode, encode, storedKind } from '../src/stored/kind.ts';
import { writeFileAtomic } from '../src/weights/atomic-file.ts';

const whole = v.pipe(v.number(), v.integer());

export const appearanceSchema = v.strictObject({
  language: v.picklist(['en', 'ru']),
  theme: v.picklist(['system', 'light', 'dark']),
});

const schema = v.object({
  formatVersion: v.literal(1),
  appearance: v.nullable(appearanceSchema),
  window: v.nullable(
    v.object({ x: whole, y: whole, width: whole, height: whole, maximised: v.boolean(), fullScreen: v.boolean() }),
  ),
});

/** What the shell keeps between starts: place of the window in points of the desktop, language and theme of menu and frame. */
export type Preferences = v.InferOutput<typeof schema>;
export type WindowPlace = NonNullable<Preferences['window']>;

const preferencesKind = storedKind<Preferences>('preferences', schema);

const none: Preferences = { formatVersion: 1, appearance: null, window: null };

/** One small file. What cannot be read counts as never written: the window then stands where the system puts it. */
export class PreferencesFile {
  readonly #path: string;
  #preferences: Preferences;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.#path = path;
    this.#preferences = read(path);
  }

  get current(): Preferences {
    return this.#preferences;
  }

  /** Resolves when it is on disk; a disk that refuses costs the memory of it, nothing else. */
  change(part: Partial<Omit<Preferences, 'formatVersion'>>): Promise<void> {
    this.#preferences = { ...this.#preferences, ...part };
    const text = encode(preferencesKind, this.#preferences);
    this.#writing = this.#writing.then(() => writeFileAtomic(this.#path, text)).catch(() => undefined);
    return this.#writing;
  }
}

function read(path: string): Preferences {
  try {
    return decode(preferencesKind, readFileSync(path, 'utf8'), path);
  } catch {
    return none;
  }
}
