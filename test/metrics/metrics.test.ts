import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../src/metrics/accuracy-of.ts';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { calibrationBins, expectedCalibrationError } from '../../src/metrics/calibration.ts';
import { balancedAccuracy, classReports, confusionMatrix, macroF1 } from '../../src/metrics/confusion-matrix.ts';
import { agreementMatrix, disagreement, meanDisagreement } from '../../src/metrics/disagreement.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { mcnemar } from '../../src/metrics/mcnemar.ts';
import { pairedDifference } from '../../src/metrics/paired-difference.ts';
import { predictedClasses } from '../../src/metrics/probabilities.ts';
import { studentTail } from '../../src/metrics/student-t.ts';
import { topKAccuracy } from '../../src/metrics/top-k-accuracy.ts';
import { wilsonInterval } from '../../src/metrics/wilson-interval.ts';

const oracle = JSON.parse(readFileSync('test/fixtures/metrics.json', 'utf8')) as {
  classes: number;
  labels: number[];
  members: number[][];
  weights: number[];
  confusion: number[][];
  wilson: { correct: number; n: number; low: number; high: number }[];
  mcnemar: { onlyFirst: number; onlySecond: number; pValue: number };
  paired: { a: number[]; b: number[]; mean: number; standardError: number; pValue: number; corrected: number };
  studentTail: [number, number, number][];
} & Record<'precision' | 'recall' | 'f1' | 'support' | 'average' | 'weighted', number[]> &
  Record<'accuracy' | 'top2' | 'logLoss' | 'balancedAccuracy' | 'macroF1', number> &
  Record<'ece15' | 'ece10' | 'disagreement01' | 'meanDisagreement', number>;
const { labels, classes } = oracle;
const members = oracle.members.map((member) => Float32Array.from(member));
const first = members[0]!;
const predictions = members.map((member) => predictedClasses(member, classes));

function expectClose(received: ArrayLike<number>, expected: readonly number[], digits = 10) {
  expect(received.length).toBe(expected.length);
  expected.forEach((value, i) => expect(received[i]).toBeCloseTo(value, digits));
}

describe('accuracy', () => {
  it('stands with its split, its number of pictures and its interval', () => {
    const accuracy = accuracyOf(first, labels, classes, 'validation');
    expect(accuracy).toMatchObject({ accuracy: oracle.accuracy, split: 'validation', n: labels.length });
    const { low, high } = wilsonInterval(Math.round(oracle.accuracy * labels.length), labels.length);
    expect(accuracy).toMatchObject({ low, high });
  });

  it("has scipy's Wilson interval", () => {
    for (const { correct, n, low, high } of oracle.wilson) {
      const interval = wilsonInterval(correct, n);
      expectClose([interval.low, interval.high], [low, high]);
    }
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });

  it('takes the lower index where two classes are equally probable', () => {
    expect(accuracyOf(Float32Array.of(0.5, 0.5), [0], 2, 'test').accuracy).toBe(1);
    expect(topKAccuracy(Float32Array.of(0.5, 0.5), [1], 1)).toBe(0);
    expect(topKAccuracy(Float32Array.of(0.5, 0.5), [1], 2)).toBe(1);
  });

  it('says so where labels and probabilities do not belong together', () => {
    expect(() => accuracyOf(first, labels.slice(1), classes, 'test')).toThrow('metrics.sizeMismatch');
    expect(() => logLoss(first, labels.slice(1))).toThrow('metrics.sizeMismatch');
  });

  it('of the label among the k most probable equals scikit-learn', () => {
    expect(topKAccuracy(first, labels, 2)).toBeCloseTo(oracle.top2, 12);
    expect(topKAccuracy(first, labels, 1)).toBeCloseTo(oracle.accuracy, 12);
  });
});

describe('classification report', () => {
  const matrix = confusionMatrix(predictions[0]!, labels, classes);
  const reports = classReports(matrix);

  it('equals scikit-learn, a class without pictures included', () => {
    expect(matrix).toEqual(oracle.confusion);
    for (const key of ['precision', 'recall', 'f1', 'support'] as const) {
      expectClose(
        reports.map((report) => report[key]),
        oracle[key],
      );
    }
    expect(balancedAccuracy(reports)).toBeCloseTo(oracle.balancedAccuracy, 12);
    expect(macroF1(reports)).toBeCloseTo(oracle.macroF1, 12);
  });
});

describe('log loss and calibration', () => {
  it('equal scikit-learn and the definition by masks', () => {
    expect(logLoss(first, labels)).toBeCloseTo(oracle.logLoss, 7);
    expect(expectedCalibrationError(first, labels)).toBeCloseTo(oracle.ece15, 8);
    expect(expectedCalibrationError(first, labels, 10)).toBeCloseTo(oracle.ece10, 8);
  });

  it('count each picture in one bin', () => {
    const bins = calibrationBins(first, labels, 5);
    expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(labels.length);
    expect(calibrationBins(Float32Array.of(1, 0), [0], 5)[4]).toMatchObject({ n: 1, accuracy: 1, confidence: 1 });
  });

  it('stay finite after a certain mistake', () => {
    expect(logLoss(Float32Array.of(1, 0), [1])).toBeCloseTo(23 * Math.LN2, 10);
  });
});

describe('members', () => {
  it('are averaged, with weights where given', () => {
    expectClose(averageProbabilities(members), oracle.average, 7);
    expectClose(averageProbabilities(members, oracle.weights), oracle.weighted, 7);
    expect(() => averageProbabilities(members, [1])).toThrow('metrics.sizeMismatch');
    expect(() => averageProbabilities([])).toThrow('metrics.sizeMismatch');
  });

  it('disagree on the share of pictures that numpy counts', () => {
    expect(disagreement(first, members[1]!, classes)).toBeCloseTo(oracle.disagreement01, 12);
    expect(meanDisagreement(members, classes)).toBeCloseTo(oracle.meanDisagreement, 12);
    expect(meanDisagreement([first], classes)).toBe(0);
    const matrix = agreementMatrix(members, classes);
    expect(matrix[0]![0]).toBe(1);
    expect(matrix[0]![1]).toBeCloseTo(1 - oracle.disagreement01, 12);
    expect(matrix[1]![0]).toBe(matrix[0]![1]);
  });
});

describe('comparisons', () => {
  it("have McNemar's exact p-value", () => {
    const result = mcnemar(predictions[0]!, predictions[1]!, labels);
    expect(result).toMatchObject({ onlyFirst: oracle.mcnemar.onlyFirst, onlySecond: oracle.mcnemar.onlySecond });
    expect(result.pValue).toBeCloseTo(oracle.mcnemar.pValue, 10);
    expect(mcnemar(labels, labels, labels).pValue).toBe(1);
  });

  it("have Student's tail for odd and even degrees of freedom", () => {
    for (const [t, degrees, tail] of oracle.studentTail) expect(studentTail(t, degrees)).toBeCloseTo(tail, 12);
  });

  it("equal scipy's one-sided paired t-test, and the corrected one for folds is more careful", () => {
    const { a, b, mean, standardError, pValue, corrected } = oracle.paired;
    const plain = pairedDifference(a, b);
    expectClose([plain.mean, plain.standardError, plain.pValue], [mean, standardError, pValue]);
    expect(plain.better).toBe(true);
    const folds = pairedDifference(a, b, { overlap: 1 / 4 });
    expect(folds.pValue).toBeCloseTo(corrected, 10);
    expect(folds.pValue).toBeGreaterThan(plain.pValue);
  });

  it('need a difference, and pairs, to call anything better', () => {
    expect(pairedDifference([0.9, 0.9], [0.9, 0.9]).better).toBe(false);
    expect(pairedDifference([0.9], [0.1]).better).toBe(false);
    expect(pairedDifference([0.75, 0.5], [0.5, 0.25]).better).toBe(true);
    expect(pairedDifference([0.5, 0.25], [0.75, 0.5])).toMatchObject({ better: false, pValue: 1 });
    expect(() => pairedDifference([1], [1, 2])).toThrow('metrics.sizeMismatch');
  });
});
