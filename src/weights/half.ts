const bits = new Uint32Array(1);
const value = new Float32Array(bits.buffer);

/** bfloat16 is the upper half of a float32. */
export function bfloat16ToFloat32(half: number): number {
  bits[0] = half << 16;
  return value[0]!;
}

/** IEEE 754 binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits. Every value is exact in float32. */
export function float16ToFloat32(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24; // zero and subnormal
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
