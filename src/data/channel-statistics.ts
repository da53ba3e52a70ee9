type Channels = [number, number, number];

/** Mean and standard deviation of each channel over pixels scaled to [0, 1]: the normalisation of a network from random weights. */
export class ChannelStatistics {
  readonly #sum: Channels = [0, 0, 0];
  readonly #squares: Channels = [0, 0, 0];
  #count = 0;

  /** pixels: uint8 […, 3]. */
  add(pixels: Uint8Array): void {
    for (let i = 0; i < pixels.length; i++) {
      const value = pixels[i]! / 255;
      this.#sum[i % 3]! += value;
      this.#squares[i % 3]! += value * value;
    }
    this.#count += pixels.length / 3;
  }

  /** Pictures of one colour would give a deviation of 0, which nothing can be divided by. */
  result(): { readonly mean: Channels; readonly std: Channels } {
    const mean = this.#sum.map((sum) => sum / this.#count) as Channels;
    const deviation = (squares: number, c: number): number =>
      Math.max(1e-3, Math.sqrt(squares / this.#count - mean[c]! ** 2));
    return { mean, std: this.#squares.map(deviation) as Channels };
  }
}
