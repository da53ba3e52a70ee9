import { describe, expect, it } from 'vitest';
import {
  epochIsLost,
  freshWatch,
  lossBound,
  runningLoss,
  watchAgain,
  watchStep,
  type DivergenceCause,
  type LossWatch,
} from '../../../src/train/safety/loss-watch.ts';

const constant = Math.log(2);

/** Steps until something is wrong: how many, and what. */
function follow(losses: readonly number[], measured: (step: number) => Record<string, number> = () => ({})) {
  let watch: LossWatch = freshWatch;
  for (const [i, loss] of losses.entries()) {
    const seen = watchStep(watch, { loss, learningRate: 0.1, ...measured(i) }, constant);
    watch = seen.watch;
    if (seen.cause) return { steps: i + 1, cause: seen.cause, watch };
  }
  return { steps: losses.length, cause: null as DivergenceCause | null, watch };
}

const repeat = (loss: number, times: number) => new Array<number>(times).fill(loss);

describe('the running loss', () => {
  it('is the exponential mean of all losses so far, by a loop over their weights', () => {
    const losses = [0.7, 0.5, 0.9, 0.2, 0.4];
    const weights = losses.map((_, i) => 0.9 ** (losses.length - 1 - i));
    const sum = weights.reduce((a, b) => a + b);
    const expected = losses.reduce((mean, loss, i) => mean + (loss * weights[i]!) / sum, 0);
    expect(runningLoss(follow(losses).watch)).toBeCloseTo(expected, 12);
    expect(runningLoss(freshWatch)).toBeNull();
  });
});

describe('a step', () => {
  it('whose loss or measure is no number is told at once, and leaves the watch as it was', () => {
    for (const bad of [NaN, Infinity]) {
      expect(follow([0.5, bad])).toMatchObject({ steps: 2, cause: 'notFinite' });
      expect(follow([0.5, 0.5], (i) => (i === 1 ? { gradientNorm: bad } : {})).cause).toBe('notFinite');
    }
    expect(follow([0.5, NaN]).watch).toEqual(follow([0.5]).watch);
  });

  it('far above a constant answer is told after ten steps where training began below one', () => {
    expect(follow([0.3, ...repeat(13.5, 30)])).toMatchObject({ steps: 11, cause: 'loss' });
    expect(follow([0.3, ...repeat(13.5, 30)]).watch.seen).toBe(11);
  });

  it('is given fifty steps where training began from no knowledge', () => {
    expect(follow([0.8, ...repeat(20, 49)]).cause).toBeNull();
    expect(follow([0.8, ...repeat(20, 60)])).toMatchObject({ steps: 51, cause: 'loss' });
  });

  it('that is high alone, or has come down again, is left alone', () => {
    expect(follow([...repeat(0.3, 12), 9, ...repeat(0.3, 30)]).cause).toBeNull();
    expect(follow([0.3, ...repeat(20, 8), ...repeat(0.6, 30)]).cause).toBeNull();
  });

  it('of a hard beginning is compared with that beginning', () => {
    expect(lossBound(follow([5]).watch, constant)).toBe(5);
    expect(follow([5, ...repeat(10, 100)]).cause).toBeNull();
    expect(follow([5, ...repeat(12, 100)])).toMatchObject({ steps: 51, cause: 'loss' });
  });

  it('that replaces a whole layer, or has a gradient out of all measure, is told where the loss is high as well', () => {
    const losses = [0.3, ...repeat(1.1, 30)];
    const every10 = (of: (step: number) => Record<string, number>) => (step: number) =>
      step % 10 === 0 ? of(step) : {};
    expect(
      follow(
        losses,
        every10((step) => ({ gradientNorm: 1, 'updateRatio/deep': step === 20 ? 1.5 : 0.1 })),
      ),
    ).toMatchObject({
      steps: 21,
      cause: 'explosion',
    });
    // Three norms of 1, 2 and 4 have the geometric mean 2.
    const norms = (last: number) => every10((step) => ({ gradientNorm: step === 30 ? last : 2 ** (step / 10) }));
    expect(follow(losses, norms(190)).cause).toBeNull();
    expect(follow(losses, norms(210))).toMatchObject({ steps: 31, cause: 'explosion' });
    expect(follow(repeat(0.3, 31), norms(210)).cause).toBeNull();
  });
});

it('training that was put back is watched anew, and is still compared with its first beginning', () => {
  const { watch } = follow([0.3, ...repeat(13.5, 30)]);
  const again = watchAgain(watch);
  expect(again).toEqual({ ...freshWatch, startLoss: 0.3 });
});

it('an epoch that is worse than a constant answer is lost where training began below one', () => {
  const watch = follow([0.3]).watch;
  expect(epochIsLost(watch, { meanLoss: 0.9, steps: 10 }, constant)).toBe(true);
  expect(epochIsLost(watch, { meanLoss: 0.8, steps: 10 }, constant)).toBe(false);
  expect(epochIsLost(watch, { meanLoss: 0.9, steps: 9 }, constant)).toBe(false);
  expect(epochIsLost(follow([0.7]).watch, { meanLoss: 5, steps: 100 }, constant)).toBe(false);
});
