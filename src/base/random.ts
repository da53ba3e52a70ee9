/**
 * Seeded random numbers. Streams are derived, not shared: `randomStream(seed, 'shuffle', epoch)` gives the same numbers
 * whatever else has been drawn, so a resumed run needs no saved generator state and repeats bit for bit.
 *
 * Generator: sfc32 (Doty-Humphrey, PractRand), seeded by hashing the key parts with FNV-1a and mixing 12 rounds.
 */
export interface RandomStream {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Two int32 seeds for TensorFlow's stateless random ops. */
  seedPair(): [number, number];
}

function fnv1a(text: string, basis: number): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

export function randomStream(seed: number, ...key: (string | number)[]): RandomStream {
  const text = [seed, ...key].join('\u0000');
  let a = fnv1a(text, 0x811c9dc5);
  let b = fnv1a(text, 0x9e3779b9);
  let c = fnv1a(text, 0x85ebca6b);
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const uniform = () => next() / 4294967296;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (bound) => Math.floor(uniform() * bound),
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    seedPair: () => [next() | 0, next() | 0],
  };
}

/** Fisher–Yates in place; returns its argument. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(items: T, random: RandomStream): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}
