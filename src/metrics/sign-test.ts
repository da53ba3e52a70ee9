/**
 * Chance of at least so many wins if a win and a loss were equally likely: the exact one-sided test of two models on the same pictures,
 * of which only those count that one of them alone gets right (McNemar 1947).
 */
export function signTest(wins: number, losses: number): number {
  // At least `wins` of one side are at most `losses` of the other.
  return Math.min(1, fairCoinTail(losses, wins + losses));
}

/** P(X ≤ k) of n throws of a fair coin, by binomial terms through logarithms: 2^−n alone would be 0 for n > 1074. */
export function fairCoinTail(k: number, n: number): number {
  let logTerm = -n * Math.LN2;
  let tail = 0;
  for (let i = 0; i <= k; i++) {
    tail += Math.exp(logTerm);
    logTerm += Math.log(n - i) - Math.log(i + 1);
  }
  return tail;
}
