/** The middle one of the values by size, of two middle ones the larger: always one of them, never a mean. Undefined of none. */
export function median(values: Iterable<number>): number | undefined {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.floor(sorted.length / 2)];
}
