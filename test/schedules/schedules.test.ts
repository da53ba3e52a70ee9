import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { constantRate } from '../../src/schedules/constant.ts';
import { cosineRate } from '../../src/schedules/cosine.ts';
import { linearRate } from '../../src/schedules/linear.ts';
import type { Rate } from '../../src/schedules/rate.ts';
import { sgdrRate } from '../../src/schedules/sgdr.ts';
import { stepDecayRate } from '../../src/schedules/step-decay.ts';
import { withWarmUp } from '../../src/schedules/warm-up.ts';

const torch = JSON.parse(readFileSync('test/fixtures/schedules.json', 'utf8')) as {
  maxLearningRate: number;
  minLearningRate: number;
  steps: number;
  linear: number[];
  cosine: number[];
  multiStep: { milestones: number[]; gamma: number; rates: number[] };
  warmUpCosine: number[];
  warmRestarts: { T_0: number; rates: number[] };
};
const { maxLearningRate, minLearningRate, steps } = torch;

/** torch computes most schedules by recurrence, so the last digits differ. */
function expectRates(rate: Rate, expected: readonly number[]) {
  expected.forEach((value, step) => expect(rate(step)).toBeCloseTo(value, 12));
}

describe('schedules without cycles', () => {
  it('stays at one rate when constant', () => {
    const rate = constantRate(0.3);
    expect([rate(0), rate(1000)]).toEqual([0.3, 0.3]);
  });

  it("equals torch's LinearLR", () => {
    expectRates(linearRate({ maxLearningRate, minLearningRate, steps }), torch.linear);
  });

  it("equals torch's CosineAnnealingLR", () => {
    expectRates(cosineRate({ maxLearningRate, minLearningRate, steps }), torch.cosine);
  });

  it("equals torch's MultiStepLR", () => {
    const milestones = torch.multiStep.milestones.map((m) => m / steps);
    const options = { maxLearningRate, minLearningRate: 0, steps, milestones, factor: torch.multiStep.gamma };
    expectRates(stepDecayRate(options), torch.multiStep.rates);
  });

  it('does not step below the floor', () => {
    const rate = stepDecayRate({ maxLearningRate: 1, minLearningRate: 0.5, steps: 10, milestones: [0.5], factor: 0.1 });
    expect([rate(4), rate(5), rate(9)]).toEqual([1, 0.5, 0.5]);
  });

  it('is at the peak on the first step and at the floor on the last, exactly, and stays there', () => {
    for (const make of [linearRate, cosineRate]) {
      const rate = make({ maxLearningRate: 0.1, minLearningRate: 0.003, steps: 7 });
      expect([rate(0), rate(6), rate(7), rate(100)]).toEqual([0.1, 0.003, 0.003, 0.003]);
    }
  });

  it("warms up as torch's LinearLR followed by CosineAnnealingLR", () => {
    const cosine = cosineRate({ maxLearningRate, minLearningRate: 0, steps: 9 });
    expectRates(withWarmUp(cosine, { warmupSteps: 4, from: 0, to: maxLearningRate }), torch.warmUpCosine);
  });
});

describe('sgdr', () => {
  const base = { maxLearningRate, minLearningRate, cycleSteps: 10, cycleMultiplier: 1, numCycles: 3, peakDecay: 1 };

  it("passes through torch's CosineAnnealingWarmRestarts, with one more step at the floor of each cycle", () => {
    const { T_0, rates } = torch.warmRestarts;
    const rate = sgdrRate({ ...base, cycleSteps: T_0 + 1 });
    rates.forEach((value, step) => expect(rate(step + Math.floor(step / T_0))).toBeCloseTo(value, 12));
    for (const last of [T_0, 2 * T_0 + 1]) expect(rate(last)).toBe(minLearningRate);
  });

  it('restarts at max learning rate on the first step of each cycle and ends each at the floor, exactly', () => {
    const rate = sgdrRate({ ...base, cycleMultiplier: 2 });
    for (const first of [0, 10, 30]) expect(rate(first)).toBe(maxLearningRate);
    for (const last of [9, 29, 69, 70, 1000]) expect(rate(last)).toBe(minLearningRate);
  });

  it('finds cycle 5 at step 1210 with cycles of 10, 30, 90, …, where floor(log) finds cycle 4', () => {
    const rate = sgdrRate({ ...base, cycleMultiplier: 3, numCycles: 7, peakDecay: 0.5, minLearningRate: 0 });
    expect(rate(1209)).toBe(0);
    expect(rate(1210)).toBe(maxLearningRate * 0.5 ** 5);
  });

  it('agrees with a closed form for the cycle of a step', () => {
    // Cycle i starts after n·(mⁱ − 1)/(m − 1) steps; half a step more keeps the logarithm away from whole numbers.
    for (const m of [2, 3, 5]) {
      const rate = sgdrRate({ ...base, cycleMultiplier: m, numCycles: 4, peakDecay: 0.7 });
      const total = (10 * (m ** 4 - 1)) / (m - 1);
      for (let step = 0; step < total; step++) {
        const cycle = Math.floor(Math.log(((step + 0.5) * (m - 1)) / 10 + 1) / Math.log(m));
        const at = (step - (10 * (m ** cycle - 1)) / (m - 1)) / (10 * m ** cycle - 1);
        const peak = maxLearningRate * 0.7 ** cycle;
        const expected = minLearningRate + ((peak - minLearningRate) * (1 + Math.cos(Math.PI * at))) / 2;
        expect(rate(step)).toBeCloseTo(expected, 14);
      }
    }
  });

  it('keeps a decayed peak from falling below the floor', () => {
    const rate = sgdrRate({ ...base, minLearningRate: 0.04, peakDecay: 0.5 });
    expect(rate(10)).toBe(0.04);
  });

  it('puts a cycle of one step at the peak', () => {
    const rate = sgdrRate({ ...base, cycleSteps: 1 });
    expect([rate(0), rate(1), rate(2)]).toEqual([maxLearningRate, maxLearningRate, maxLearningRate]);
  });
});
