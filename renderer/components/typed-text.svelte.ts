/** How long after the last key a field is read. */
const restMilliseconds = 400;

/** What is being typed into a field: handed on a moment after the last key, by `read`, and by leaving the field. */
export class TypedText {
  readonly #onRead: (text: string) => void;
  #text = $state<string | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onRead: (text: string) => void) {
    this.#onRead = onRead;
  }

  /** Null: the field shows its value. */
  get text(): string | null {
    return this.#text;
  }

  type(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.read(), restMilliseconds);
  }

  read(): void {
    clearTimeout(this.#timer);
    if (this.#text !== null) this.#onRead(this.#text);
  }

  leave(): void {
    this.read();
    this.#text = null;
  }

  /** Forgets what was typed. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#text = null;
  }
}
