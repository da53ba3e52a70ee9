import { randomStream } from '../../base/random.ts';
import { epochBatches } from '../../data/epoch-batches.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import { oneHotTargets } from '../targets.ts';
import { activeTechniques } from '../technique-hooks.ts';
import type { StepTechnique } from '../technique.ts';

interface Shown {
  readonly config: TrainConfig;
  /** Of the training pictures. */
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  readonly techniques?: readonly StepTechnique[];
}

/**
 * Training loss of the best answer that does not look at the picture: cross-entropy of the mean target, as the sampler shows the classes
 * and as the run's techniques make targets of labels. Without techniques it is the entropy of the classes' shares, in nats.
 */
export function constantAnswerLoss({ config, labels, classes, techniques }: Shown): number {
  const classCounts = countsOf(labels, classes);
  const { sampler } = config.data;
  const [shown] = epochBatches({ kind: sampler, labels, batchSize: labels.length, seed: config.seed, epoch: 0 });
  const active = activeTechniques(config, techniques);
  const mean = new Float64Array(classes);
  let denominator = 0;
  countsOf(
    Array.from(shown!, (row) => labels[row]!),
    classes,
  ).forEach((count, label) => {
    const batch = { labels: [label], count: 1, classes, classCounts };
    const made = active.reduce(
      (targets, technique) => {
        const random = randomStream(config.seed, 'constantAnswer', technique.declaration.key, label);
        const drawn = technique.inputs?.(batch, random, config) ?? {};
        return technique.targets?.(batch, targets, drawn, config) ?? targets;
      },
      oneHotTargets([label], 1, classes),
    );
    made.targets.forEach((target, c) => (mean[c]! += count * target));
    denominator += count * made.denominator;
  });
  const sum = mean.reduce((all, share) => all + share, 0);
  return mean.reduce((loss, share) => (share > 0 ? loss - (share * Math.log(share / sum)) / denominator : loss), 0);
}

/** Entropy of the labels' shares in nats: log loss of the best constant answer to these pictures. */
export function labelEntropy(labels: ArrayLike<number>, classes: number): number {
  return countsOf(labels, classes).reduce((sum, count) => {
    const share = count / labels.length;
    return share > 0 ? sum - share * Math.log(share) : sum;
  }, 0);
}

function countsOf(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts;
}
