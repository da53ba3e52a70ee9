import { beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { fitHead } from '../../../src/train/head/fit-head.ts';
import { headProbabilities } from '../../../src/train/head/head.ts';
import { headLogits, logPriors, shrunkHead, wantedShare } from '../../../src/train/head/shrink-head.ts';
import { logLoss } from '../../../src/metrics/log-loss.ts';

beforeAll(async () => {
  await loadRuntime();
});

const size = 40;
const classes = 2;

/** A weak signal in one feature among many of noise: few rows are separable by chance, others are not. */
function rows(n: number, seed: number) {
  const random = randomStream(seed, 'rows');
  const labels = Array.from({ length: n }, (_, i) => (i % 10 < 7 ? 0 : 1));
  const features = Float32Array.from({ length: n * size }, (_, i) => {
    const signal = i % size === 0 ? 0.6 * (labels[Math.floor(i / size)]! - 0.5) : 0;
    return random.normal() + signal;
  });
  return { labels, features };
}

const norm = (values: Float32Array) => Math.hypot(...values);

describe('a head on separable features with next to no L2', () => {
  it('is weakened until held-out pictures are better answered than by the constant answer', async () => {
    const training = rows(30, 1);
    const heldOut = rows(200, 2);
    const head = await fitHead({ ...training, classes, l2: 1e-6 });
    const priors = logPriors(training.labels, classes);
    const logits = await headLogits(head, heldOut.features, 200);
    const share = wantedShare({ logits, labels: heldOut.labels }, priors);
    const shrunk = shrunkHead(head, share, priors);
    const lossOf = async (one: typeof head) =>
      logLoss(await headProbabilities(one, heldOut.features, 200), heldOut.labels);
    const constant = -priors.reduce(
      (sum, prior, c) => sum + (prior * heldOut.labels.filter((l) => l === c).length) / 200,
      0,
    );
    expect(await lossOf(head)).toBeGreaterThan(2 * constant);
    expect(await lossOf(shrunk)).toBeLessThanOrEqual(constant + 1e-6);
    expect(norm(shrunk.weight)).toBeLessThan(norm(head.weight) / 10);
    // No other share of the head does better.
    for (let other = 0; other <= 1; other += 0.01)
      expect(await lossOf(shrunkHead(head, other, priors))).toBeGreaterThan((await lossOf(shrunk)) - 1e-5);
  });

  it('that is not sure enough stays as it is, to the bit', async () => {
    const training = rows(400, 3);
    const heldOut = rows(400, 4);
    const head = await fitHead({ ...training, classes, l2: 10 });
    const priors = logPriors(training.labels, classes);
    const logits = await headLogits(head, heldOut.features, 400);
    expect(wantedShare({ logits, labels: heldOut.labels }, priors)).toBe(1);
    expect(shrunkHead(head, 1, priors)).toBe(head);
    expect(wantedShare({ logits: new Float32Array(0), labels: [] }, priors)).toBe(1);
  });
});

it('logits further apart than float32 probabilities can tell still count for what they are', () => {
  const priors = logPriors([0, 1], 2);
  // Three right by 500 and one wrong by 500: ln(3) is what the four want.
  const logits = Float32Array.of(500, 0, 500, 0, 500, 0, 500, 0);
  expect(500 * wantedShare({ logits, labels: [0, 0, 0, 1] }, priors)).toBeCloseTo(Math.log(3), 3);
});
