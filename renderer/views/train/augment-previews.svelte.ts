import { SvelteMap } from 'svelte/reactivity';
import { AnnealError } from '../../../src/base/errors.ts';
import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import { nestValues } from '../../../src/settings/values.ts';
import type { AnnealClient } from '../../client/client.ts';
import { settingsAt } from '../../../src/settings/places.ts';

export interface PreviewRequest {
  /** Of the setting. */
  readonly key: string;
  readonly value: unknown;
  /** Relative to the dataset's root. */
  readonly path: string;
  readonly model: Readonly<Record<string, unknown>>;
  readonly seed: number;
}

/** Draws of single augmentations on one picture, one question at a time; of a row that changes quickly only the newest is asked. */
export class AugmentPreviews {
  readonly #client: AnnealClient;
  readonly #dataset: string;
  readonly #waiting = new SvelteMap<string, PreviewRequest>();
  /** Data URLs by setting, with what they were drawn for. */
  readonly draws = new SvelteMap<string, { readonly asked: string; readonly pictures: readonly string[] }>();
  failure = $state.raw<FailureData | null>(null);
  #busy = false;

  constructor(client: AnnealClient, dataset: string) {
    this.#client = client;
    this.#dataset = dataset;
  }

  /** Asks for a row's draws unless they are there already. */
  want(request: PreviewRequest): void {
    if (this.draws.get(request.key)?.asked === JSON.stringify(request)) return;
    this.#waiting.set(request.key, request);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#take(); next; next = this.#take()) {
      const { key, value, path, model, seed } = next;
      try {
        const config = nestValues([...only(key, value), ['model', model]]);
        const input = { dataset: this.#dataset, paths: [path], config, draws: 6, seed };
        const { previews, problems } = await this.#client.call('previewPictures', input);
        const [preview] = previews;
        if (!preview) throw problems[0] ? new AnnealError(problems[0].code, problems[0].params) : new Error(path);
        this.draws.set(key, { asked: JSON.stringify(next), pictures: preview.draws });
        this.failure = null;
      } catch (error) {
        this.failure = toFailure(error);
      }
    }
    this.#busy = false;
  }

  #take(): PreviewRequest | undefined {
    const [first] = this.#waiting.values();
    if (first) this.#waiting.delete(first.key);
    return first;
  }
}

/** Settings under which one augmentation alone acts, for showing what it does by itself. */
function only(key: string, value: unknown): [string, unknown][] {
  const others = settingsAt('pictures strengths').map((setting): [string, unknown] => [setting.key, setting.off]);
  return [['augment.mode', 'online'], ...others, [key, value]];
}
