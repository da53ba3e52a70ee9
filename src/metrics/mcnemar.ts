import { sizeMismatch } from './probabilities.ts';
import { fairCoinTail } from './sign-test.ts';

export interface McNemar {
  /** Pictures that only the first, or only the second, model got right. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Exact, two-sided: chance of a split this uneven if both models were equally good. */
  readonly pValue: number;
}

/** McNemar's exact test of two models on the same pictures (McNemar 1947): a fair coin over those where they differ. */
export function mcnemar(first: ArrayLike<number>, second: ArrayLike<number>, labels: ArrayLike<number>): McNemar {
  if (first.length !== labels.length) throw sizeMismatch('predictions', labels.length, first.length);
  if (second.length !== labels.length) throw sizeMismatch('predictions', labels.length, second.length);
  let onlyFirst = 0;
  let onlySecond = 0;
  for (let i = 0; i < labels.length; i++) {
    const a = first[i] === labels[i];
    const b = second[i] === labels[i];
    if (a && !b) onlyFirst++;
    if (b && !a) onlySecond++;
  }
  const tail = fairCoinTail(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond);
  return { onlyFirst, onlySecond, pValue: Math.min(1, 2 * tail) };
}
