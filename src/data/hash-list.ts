import type { PictureHash } from './picture-hash.ts';

/** Below this spread of grey a picture is flat and its bits are noise. */
const minContrast = 4;
const colourValues = 48;

/** Hashes of pictures side by side, to be compared many times. */
export class HashList {
  /** [n, 4]: 128 bits each. */
  readonly #bits: Int32Array;
  /** [n, 48]: mean colours of 4 × 4 cells. */
  readonly #colours: Uint8Array;
  /** By index: whether the bits say anything. */
  readonly isFlat: readonly boolean[];

  constructor(hashes: readonly PictureHash[]) {
    this.#bits = new Int32Array(hashes.length * 4);
    this.#colours = new Uint8Array(hashes.length * colourValues);
    hashes.forEach(({ bits, colours }, i) => {
      const bytes = Buffer.from(bits, 'hex');
      for (let word = 0; word < 4; word++) this.#bits[i * 4 + word] = bytes.readInt32BE(word * 4);
      this.#colours.set(Buffer.from(colours, 'hex'), i * colourValues);
    });
    this.isFlat = hashes.map(({ contrast }) => contrast < minContrast);
  }

  /** Bits of 128 that differ. They hold which side is brighter: other light, contrast and gamma change few of them. */
  bitDistance(a: number, b: number): number {
    const bits = this.#bits;
    const [i, j] = [a * 4, b * 4];
    return (
      bitCount(bits[i]! ^ bits[j]!) +
      bitCount(bits[i + 1]! ^ bits[j + 1]!) +
      bitCount(bits[i + 2]! ^ bits[j + 2]!) +
      bitCount(bits[i + 3]! ^ bits[j + 3]!)
    );
  }

  /** 16 bits of a hash, `band` of 8. */
  band(i: number, band: number): number {
    const word = this.#bits[i * 4 + (band >> 1)]!;
    return band % 2 === 0 ? word >>> 16 : word & 0xffff;
  }

  /** Order of the bits as one large number. */
  compare(a: number, b: number): number {
    for (let word = 0; word < 4; word++) {
      const difference = (this.#bits[a * 4 + word]! >>> 0) - (this.#bits[b * 4 + word]! >>> 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  /** Mean difference of the colours, of 255. */
  colourDistance(a: number, b: number): number {
    let difference = 0;
    const [i, j] = [a * colourValues, b * colourValues];
    for (let c = 0; c < colourValues; c++) difference += Math.abs(this.#colours[i + c]! - this.#colours[j + c]!);
    return difference / colourValues;
  }
}

function bitCount(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return (((v + (v >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
