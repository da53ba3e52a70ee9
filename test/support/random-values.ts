/** Repeatable values for tests: mulberry32, and a normal distribution from it. */
export function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    uniform: (count: number, low = 0, high = 1) =>
      Float32Array.from({ length: count }, () => low + (high - low) * next()),
    normal: (count: number) => Float32Array.from({ length: count }, normal),
  };
}
