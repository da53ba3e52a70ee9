/**
 * P(T > t) of Student's distribution for a whole number of degrees of freedom, by the finite sums of Abramowitz & Stegun
 * 26.7.3 and 26.7.4.
 */
export function studentTail(t: number, degrees: number): number {
  if (t === Infinity) return 0;
  if (t === -Infinity) return 1;
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degrees));
  const cos2 = Math.cos(angle) ** 2;
  const odd = degrees % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < degrees; k += 2) {
    term *= ((k - 1) / k) * cos2;
    sum += term;
  }
  const within = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum; // P(|T| < |t|)
  return t >= 0 ? (1 - within) / 2 : (1 + within) / 2;
}
