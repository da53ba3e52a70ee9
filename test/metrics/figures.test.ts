import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { constantAnswer } from '../../src/metrics/constant-answer.ts';
import { figuresOf } from '../../src/metrics/figures.ts';
import { predictedClasses } from '../../src/metrics/probabilities.ts';
import { signTest } from '../../src/metrics/sign-test.ts';
import { chooseTemperature, tempered } from '../../src/metrics/temperature.ts';
import { randomStream } from '../../src/base/random.ts';

/** Written by test/oracles/metrics.py. */
const oracle = JSON.parse(readFileSync('test/fixtures/metrics.json', 'utf8')) as {
  classes: number;
  labels: number[];
  members: number[][];
  sure: number[][];
  weights: number[];
  tempered: number[];
  constant: { label: number; rate: number };
  temperatures: { one: number; mean: number };
  signTest: [number, number, number][];
} & Record<'logLoss' | 'ece10' | 'balancedAccuracy' | 'macroF1OfPresent' | 'imbalance', number>;
const { labels, classes } = oracle;
const first = Float32Array.from(oracle.members[0]!);
const sure = oracle.sure.map((member) => Float32Array.from(member));

describe('the figures beside an accuracy', () => {
  it('equal scikit-learn, of the classes that have pictures', () => {
    const figures = figuresOf(first, labels, classes)!;
    expect(figures.logLoss).toBeCloseTo(oracle.logLoss, 7);
    expect(figures.calibrationError).toBeCloseTo(oracle.ece10, 8);
    expect(figures.balancedAccuracy).toBeCloseTo(oracle.balancedAccuracy, 12);
    expect(figures.macroF1).toBeCloseTo(oracle.macroF1OfPresent, 12);
    expect(figures.constant.label).toBe(oracle.constant.label);
    expect(figures.constant.rate).toBeCloseTo(oracle.constant.rate, 12);
    expect(figures.imbalance).toBeCloseTo(oracle.imbalance, 12);
  });

  it('are none where nothing was judged', () => {
    expect(figuresOf(new Float32Array(0), [], 3)).toBeNull();
    expect(constantAnswer([], 3)).toEqual({ label: 0, rate: 0 });
  });

  it('know the constant answer by the lower index of equals', () => {
    expect(constantAnswer([2, 1, 1, 2], 3)).toEqual({ label: 1, rate: 0.5 });
  });
});

describe('the one-sided sign test', () => {
  it("equals scipy's exact binomial test", () => {
    for (const [wins, losses, pValue] of oracle.signTest) expect(signTest(wins, losses)).toBeCloseTo(pValue, 10);
    expect(signTest(0, 0)).toBe(1);
  });
});

describe('a temperature', () => {
  it('divides the logits, as numpy does', () => {
    const values = tempered(sure[0]!, classes, 1.7);
    oracle.tempered.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 6));
    expect(tempered(first, classes, 1)).toBe(first);
  });

  it("changes no member's class, and undoes itself", () => {
    const cold = tempered(first, classes, 0.4);
    expect([...predictedClasses(cold, classes)]).toEqual([...predictedClasses(first, classes)]);
    tempered(cold, classes, 1 / 0.4).forEach((value, i) => expect(value).toBeCloseTo(first[i]!, 5));
  });

  it("of the least log loss is scipy's, for one member and for a weighted mean", () => {
    expect(chooseTemperature([{ probabilities: sure[0]!, weight: 1 }], labels)).toBeCloseTo(oracle.temperatures.one, 2);
    const weighted = sure.map((probabilities, i) => ({ probabilities, weight: oracle.weights[i]! }));
    // What it gains on 60 pictures is no more than their noise; on six times as many it is.
    expect(chooseTemperature(weighted, labels)).toBe(1);
    const often = <T>(items: ArrayLike<T>): T[] => Array.from({ length: 6 }, () => Array.from(items)).flat();
    const members = weighted.map(({ probabilities, weight }) => ({
      probabilities: Float32Array.from(often(probabilities)),
      weight,
    }));
    expect(chooseTemperature(members, often(labels))).toBeCloseTo(oracle.temperatures.mean, 3);
  });

  it('stays 1 where the probabilities are right already, and where there are few pictures', () => {
    const random = randomStream(1, 'calibrated');
    const n = 400;
    const kept: number[] = [];
    for (let seed = 0; seed < 40; seed++) {
      const probabilities = new Float32Array(n * 2);
      const drawn = Array.from({ length: n }, (_, row) => {
        const p = random.uniform();
        probabilities.set([1 - p, p], row * 2);
        return random.uniform() < p ? 1 : 0;
      });
      kept.push(chooseTemperature([{ probabilities, weight: 1 }], drawn));
    }
    expect(kept.filter((temperature) => temperature !== 1).length).toBeLessThanOrEqual(6);
    expect(
      chooseTemperature([{ probabilities: sure[0]!.slice(0, 49 * classes), weight: 1 }], labels.slice(0, 49)),
    ).toBe(1);
  });

  it('stays within its range, whatever the pictures say', () => {
    const certain = Float32Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 0.9 : 0.1));
    expect(chooseTemperature([{ probabilities: certain, weight: 1 }], new Array<number>(100).fill(0))).toBeCloseTo(
      0.25,
      3,
    );
    const wrong = Array.from({ length: 100 }, (_, i) => (i % 20 === 0 ? 0 : 1));
    expect(chooseTemperature([{ probabilities: certain, weight: 1 }], wrong)).toBeLessThanOrEqual(8);
  });
});
