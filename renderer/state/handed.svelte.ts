import type { GivenFile } from '../client/client.ts';

/** Pictures on their way to Try it: dropped or pasted while another view was open. */
class Handed {
  #pictures: readonly GivenFile[] = [];

  give(pictures: readonly GivenFile[]): void {
    this.#pictures = pictures;
  }

  /** What was given since the last time. */
  take(): readonly GivenFile[] {
    const pictures = this.#pictures;
    this.#pictures = [];
    return pictures;
  }
}

export const handed = new Handed();
