import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { ClassifyReport } from '../../../src/protocol/ensemble-view.ts';
import type { GivenFile } from '../../client/client.ts';
import { app } from '../../state/app.svelte.ts';

/** A picture that was given here, and what the ensemble says of it. */
export interface TriedPicture {
  readonly id: number;
  readonly name: string;
  /** To show it; null where only its path is known. */
  readonly url: string | null;
  readonly report: ClassifyReport | null;
  readonly failure: FailureData | null;
}

const kept = 12;

/** Single pictures and their answers, the newest first. Lives as long as the view. */
export class TriedPictures {
  items = $state.raw<readonly TriedPicture[]>([]);
  shownId = $state<number | null>(null);
  readonly shown: TriedPicture | null = $derived(this.items.find(({ id }) => id === this.shownId) ?? null);
  readonly #model: () => string;
  readonly #onAnswer: (picture: TriedPicture) => void;
  #nextId = 1;

  constructor(model: () => string, onAnswer: (picture: TriedPicture) => void) {
    this.#model = model;
    this.#onAnswer = onAnswer;
  }

  async add(given: GivenFile): Promise<void> {
    const { name, file, path } = given;
    const picture: TriedPicture = {
      id: this.#nextId++,
      name,
      url: file ? URL.createObjectURL(file) : null,
      report: null,
      failure: null,
    };
    this.#keep([picture, ...this.items]);
    this.shownId = picture.id;
    try {
      const asked = path === null ? { name, base64: await base64Of(file) } : { path };
      const report = await app.client.call('classify', { model: this.#model(), picture: asked });
      this.#change({ ...picture, report });
    } catch (error) {
      this.#change({ ...picture, failure: toFailure(error) });
    }
  }

  show(id: number): void {
    this.shownId = id;
  }

  /** Frees the pictures. */
  close(): void {
    this.#keep([]);
  }

  #change(picture: TriedPicture): void {
    this.items = this.items.map((item) => (item.id === picture.id ? picture : item));
    this.#onAnswer(picture);
  }

  #keep(items: readonly TriedPicture[]): void {
    for (const { url } of [...items.slice(kept), ...this.items.filter((old) => !items.includes(old))]) {
      if (url) URL.revokeObjectURL(url);
    }
    this.items = items.slice(0, kept);
  }
}

/** The content of a file in base64, without the head of a data address. */
export function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',', 2)[1] ?? '');
    reader.onerror = () => reject(reader.error ?? new Error('not readable'));
    reader.readAsDataURL(file);
  });
}
