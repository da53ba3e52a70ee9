/** 97.5 % quantile of the standard normal distribution: two sides of 95 %. */
const z = 1.959963984540054;

/**
 * 95 % confidence interval of a share, as fractions (Wilson 1927; Brown, Cai & DasGupta 2001 on why not the normal one).
 * Never leaves [0, 1] and has width even where all or none are correct. n = 0 tells nothing: [0, 1].
 */
export function wilsonInterval(correct: number, n: number): { low: number; high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const share = correct / n;
  const scale = 1 + z ** 2 / n;
  const centre = (share + z ** 2 / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n ** 2));
  return {
    low: correct === 0 ? 0 : Math.max(0, centre - half),
    high: correct === n ? 1 : Math.min(1, centre + half),
  };
}
