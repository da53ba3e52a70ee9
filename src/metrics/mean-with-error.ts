/** Mean of values, 0 of none, with its standard error: infinite for fewer than two values, which tell no spread. */
export function meanWithError(values: Float64Array): { readonly mean: number; readonly standardError: number } {
  const n = values.length;
  const mean = n === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, standardError: Infinity };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (n - 1) / n) };
}
