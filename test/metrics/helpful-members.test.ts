import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { betterThan } from '../../src/metrics/better-than.ts';
import { helpfulMembers } from '../../src/metrics/helpful-members.ts';
import { pairedLogLoss } from '../../src/metrics/paired-log-loss.ts';

/** A model of two classes: it gives class 1 the probability p, row by row. */
const model = (p: readonly number[]): Float32Array => Float32Array.from(p.flatMap((value) => [1 - value, value]));

describe('pairedLogLoss', () => {
  it('is the mean difference with its standard error, by hand', () => {
    const { gain, standardError } = pairedLogLoss(model([0.8, 0.6, 0.5]), model([0.4, 0.6, 0.5]), [1, 1, 1]);
    // ln(0.8 / 0.4) = ln 2 once among three pictures: mean ln2 / 3, variance (ln2)² / 3.
    expect(gain).toBeCloseTo(Math.LN2 / 3, 6);
    expect(standardError).toBeCloseTo(Math.sqrt(Math.LN2 ** 2 / 3 / 3), 6);
  });

  it('tells nothing of one picture', () => {
    expect(pairedLogLoss(model([0.9]), model([0.1]), [1]).standardError).toBe(Infinity);
  });
});

describe('betterThan', () => {
  const labels = Array.from({ length: 100 }, () => 1);
  /** Right on the first `right` of 100 pictures, equally sure everywhere. */
  const right = (count: number) => model(labels.map((_, i) => (i < count ? 0.9 : 0.1)));

  it('is the share of pictures won less the share lost, with the error of a paired proportion', () => {
    const { accuracyGain, accuracyError, better } = betterThan(right(74), right(70), labels);
    expect(accuracyGain).toBeCloseTo(0.04, 12);
    expect(accuracyError).toBeCloseTo(Math.sqrt((0.04 - 0.04 ** 2) / 99), 12);
    expect(better).toBe(true);
  });

  it('is no improvement where as many are lost as won, or where nothing differs', () => {
    const shifted = model(labels.map((_, i) => (i >= 30 ? 0.9 : 0.1)));
    expect(betterThan(shifted, right(70), labels).better).toBe(false);
    expect(betterThan(right(70), right(70), labels).better).toBe(false);
  });

  it('never prefers a candidate only because it is less modest', () => {
    const modest = model(labels.map((_, i) => (i < 90 ? 0.7 : 0.3)));
    expect(betterThan(right(90), modest, labels).better).toBe(false);
  });

  it('says of two models at most one to be better', () => {
    const probabilities = fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(probabilities, probabilities, (a, b) => {
        const mixed = Array.from({ length: 60 }, (_, i) => i % 2);
        const [first, second] = [model(a), model(b)];
        expect(betterThan(first, second, mixed).better && betterThan(second, first, mixed).better).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('helpfulMembers', () => {
  const n = 400;
  const labels = Array.from({ length: n }, (_, i) => i % 2);
  /** Logit of the label is `strength` plus noise of its own: independent members whose mean is better than each. */
  const noisy = (seed: number, strength: number): Float32Array => {
    const random = randomStream(seed, 'test');
    return model(
      labels.map((label) => {
        const logit = (label === 1 ? 1 : -1) * strength + 2 * random.normal();
        return 1 / (1 + Math.exp(-logit));
      }),
    );
  };

  it('keeps members whose errors are independent', () => {
    expect(helpfulMembers([noisy(1, 2), noisy(2, 2), noisy(3, 2)], labels)).toEqual([1, 1, 1]);
  });

  it('keeps one of members that say the same: the newest', () => {
    const member = noisy(1, 2);
    expect(helpfulMembers([member, member, member], labels)).toEqual([0, 0, 1]);
  });

  it('drops early members that are much worse', () => {
    expect(helpfulMembers([noisy(1, 0), noisy(2, 0), noisy(3, 6)], labels)).toEqual([0, 0, 1]);
  });

  it('keeps the only member', () => {
    expect(helpfulMembers([noisy(1, 1)], labels)).toEqual([1]);
  });
});
