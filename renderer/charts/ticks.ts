/** Where axis labels stand. All pure; values are in the unit of the axis. */

/** Multiples of 1, 2 or 5 · 10^k inside [low, high], at most `most` of them, ascending. */
export function niceTicks(low: number, high: number, most = 6): number[] {
  if (!(high > low)) return [low];
  let step = 10 ** Math.floor(Math.log10((high - low) / most));
  for (const factor of [1, 2, 5, 10, 20]) {
    const first = Math.ceil((low - 1e-9 * (high - low)) / (factor * step));
    const last = Math.floor((high + 1e-9 * (high - low)) / (factor * step));
    if (last - first + 1 > most) continue;
    step *= factor;
    // A product, not a running sum: 0.1 added ten times is not 1.
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => rounded((first + i) * step, step));
  }
  return [low, high];
}

/** Whole numbers only, as epochs and cycles need them. */
export function wholeTicks(low: number, high: number, most = 6): number[] {
  return niceTicks(low, high, most).filter((tick) => Number.isInteger(tick));
}

/**
 * Powers of ten inside [low, high], thinned to at most `most`; where fewer than two fit, 1, 2 and 5 of each decade, and where
 * not even those fit, evenly spaced values. `low` > 0.
 */
export function logTicks(low: number, high: number, most = 6): number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const stride = Math.max(1, Math.ceil((last - first + 1) / most));
  const powers: number[] = [];
  for (let power = first; power <= last; power += stride) powers.push(powerOfTen(power));
  if (powers.length >= 2) return powers;
  const finer: number[] = [];
  for (let power = first - 1; power <= last; power++)
    for (const factor of [1, 2, 5]) {
      const tick = factor * powerOfTen(power);
      if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) finer.push(tick);
    }
  return finer.length >= 2 && finer.length <= most ? finer : niceTicks(low, high, most);
}

/** Exact where `10 ** power` is not: 10 ** -5 is 0.000009999…. */
function powerOfTen(power: number): number {
  return Number(`1e${power}`);
}

/** Without the last bits of a product: 3 · 0.1 is 0.30000000000000004. */
function rounded(value: number, step: number): number {
  return Number(value.toFixed(Math.max(0, Math.min(100, 1 - Math.floor(Math.log10(step))))));
}
