import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { accuracyOf } from '../../src/metrics/accuracy-of.ts';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { expectedCalibrationError } from '../../src/metrics/calibration.ts';
import { balancedAccuracy, classReports, confusionMatrix } from '../../src/metrics/confusion-matrix.ts';
import { meanDisagreement } from '../../src/metrics/disagreement.ts';
import { greedySelection } from '../../src/metrics/greedy-selection.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { predictedClasses } from '../../src/metrics/probabilities.ts';
import { topKAccuracy } from '../../src/metrics/top-k-accuracy.ts';
import { wilsonInterval } from '../../src/metrics/wilson-interval.ts';

const classes = 4;

/** Members whose rows are softmaxes of random logits that lean towards the label. */
const ensembles = fc
  .record({ seed: fc.integer(), n: fc.integer({ min: 1, max: 40 }), count: fc.integer({ min: 1, max: 5 }) })
  .map(({ seed, n, count }) => {
    const random = randomStream(seed);
    const labels = Array.from({ length: n }, () => random.integer(classes));
    const members = Array.from({ length: count }, () => {
      const rows = labels.map((label) => {
        const powers = Array.from({ length: classes }, (_, c) => Math.exp(2 * random.normal() + (c === label ? 1 : 0)));
        const sum = powers.reduce((a, b) => a + b);
        return powers.map((power) => power / sum);
      });
      return Float32Array.from(rows.flat());
    });
    return { labels, members };
  });

describe('metrics of any ensemble', () => {
  it('are shares, and agree with each other', () => {
    fc.assert(
      fc.property(ensembles, ({ labels, members }) => {
        const [first] = members as [Float32Array];
        const { accuracy, low, high } = accuracyOf(first, labels, classes, 'test');
        expect(low <= accuracy && accuracy <= high).toBe(true);
        expect(topKAccuracy(first, labels, 1)).toBe(accuracy);
        expect(topKAccuracy(first, labels, classes)).toBe(1);
        expect(topKAccuracy(first, labels, 2)).toBeGreaterThanOrEqual(accuracy);
        const matrix = confusionMatrix(predictedClasses(first, classes), labels, classes);
        expect(matrix.flat().reduce((a, b) => a + b)).toBe(labels.length);
        const shares = [
          balancedAccuracy(classReports(matrix)),
          expectedCalibrationError(first, labels),
          meanDisagreement(members, classes),
        ];
        for (const share of shares) expect(share >= 0 && share <= 1 + 1e-12).toBe(true);
      }),
    );
  });

  it('averaged, have rows that sum to one and a log loss of at most the mean of the members', () => {
    fc.assert(
      fc.property(ensembles, ({ labels, members }) => {
        const average = averageProbabilities(members);
        for (let row = 0; row < labels.length; row++) {
          const sum = average.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b, 0);
          expect(sum).toBeCloseTo(1, 5);
        }
        // −ln is convex (Jensen).
        const mean = members.reduce((sum, member) => sum + logLoss(member, labels), 0) / members.length;
        expect(logLoss(average, labels)).toBeLessThanOrEqual(mean + 1e-6);
      }),
    );
  });

  it('selected greedily, are no worse on their own pictures than the best member', () => {
    fc.assert(
      fc.property(ensembles, fc.integer({ min: 1, max: 8 }), ({ labels, members }, maxMembers) => {
        const selection = greedySelection(members, labels, { maxMembers });
        const single = members.map((member) => accuracyOf(member, labels, classes, 'validation').accuracy);
        expect(selection.accuracy).toBeGreaterThanOrEqual(Math.max(...single));
        expect(selection.counts.reduce((a, b) => a + b)).toBe(selection.order.length);
        expect(selection.order.length).toBeLessThanOrEqual(maxMembers);
      }),
    );
  });

  it('have Wilson intervals that narrow with more pictures and mirror when right and wrong are swapped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const correct = Math.round(share * n);
        const once = wilsonInterval(correct, n);
        const mirrored = wilsonInterval(n - correct, n);
        expect(once.low).toBeCloseTo(1 - mirrored.high, 12);
        const more = wilsonInterval(correct * 4, n * 4);
        expect(more.high - more.low).toBeLessThan(once.high - once.low);
      }),
    );
  });
});
