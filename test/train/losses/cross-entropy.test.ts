import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { trainConfigSchema } from '../../../src/settings/train-config.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf } from '../../../src/tensor/tf.ts';
import { crossEntropy } from '../../../src/train/losses/cross-entropy.ts';
import { oneHotTargets } from '../../../src/train/targets.ts';
import { techniques } from '../../../src/train/techniques/index.ts';

interface Case {
  title: string;
  logits: number[];
  labels: number[];
  classWeights: number[] | null;
  labelSmoothing: number;
  perExample: number[];
  loss: number;
  gradient: number[];
}

const torch = JSON.parse(readFileSync('test/fixtures/losses.json', 'utf8')) as {
  batch: number;
  classes: number;
  cases: Case[];
};

beforeAll(async () => {
  await loadRuntime();
});

/** Targets as a training step is fed them. Balanced weights are proportional to 1 / count, and their scale cancels. */
function targetsOf({ labels, classWeights, labelSmoothing, perExample }: Case) {
  const { classes } = torch;
  const config = v.parse(trainConfigSchema, {
    loss: { labelSmoothing, classWeights: classWeights ? 'balanced' : 'none' },
  });
  const count = perExample.filter((counts) => counts > 0).length;
  const classCounts = (classWeights ?? []).map((weight) => (weight === 0 ? 0 : 2 / weight));
  let targets = oneHotTargets(labels, count, classes);
  for (const technique of techniques) {
    if (!technique.active(config) || !technique.targets) continue;
    targets = technique.targets({ labels, count, classes, classCounts }, targets, {}, config);
  }
  return targets;
}

describe('the loss of a batch', () => {
  it.each(torch.cases)("equals torch's CrossEntropyLoss in value and gradient: $title", (one) => {
    const shape: [number, number] = [torch.batch, torch.classes];
    const { targets, denominator } = targetsOf(one);
    const { value, grad } = tf.valueAndGrad((logits) =>
      crossEntropy(logits, tf.tensor2d(targets, shape), tf.scalar(denominator)),
    )(tf.tensor2d(one.logits, shape));
    expect(Math.abs(value.dataSync()[0]! - one.loss)).toBeLessThan(1e-6 * Math.max(1, one.loss));
    const gradient = grad.dataSync();
    one.gradient.forEach((expected, i) => expect(Math.abs(gradient[i]! - expected)).toBeLessThan(1e-6));
  });
});
