import type { AccuracySplit } from '../protocol/accuracy.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { FineTuneSetup } from '../train/fine-tune-setup.ts';
import type { PreparedRun } from '../train/prepare-run.ts';

/** Probabilities of one network on the held-out pictures. */
export interface HeldOutPredictions {
  /** float32 [pictures, classes]. */
  readonly probabilities: Float32Array;
  /** Of one picture, without the layers that all members share. */
  readonly milliseconds: number;
}

interface HeldOutPictures {
  readonly split: AccuracySplit;
  readonly pictures: readonly DatasetIndex[];
  /** Training pictures whose accuracy without augmentation is told after each epoch. */
  readonly trainSample: readonly DatasetIndex[];
}

/** Judges the very network that is in training, so that it may end early. */
export interface NetworkJudge extends HeldOutPictures {
  ofNetwork(params: Readonly<Record<string, Tensor>>): Promise<HeldOutPredictions>;
}

/** Everything trains: a member is judged by what other networks predicted. */
export interface MemberJudge extends HeldOutPictures {
  /** By the member's index: float32 [pictures, classes]. */
  readonly ofMembers: readonly Float32Array[];
}

/** Gives the probabilities of a run's new members on pictures that were held out of training. */
export type HeldOutJudge = NetworkJudge | MemberJudge;

const largestTrainSample = 256;

/** By a part of the dataset that takes no part in training. */
export function validationJudge({ pool, validation }: PreparedRun, { evaluator }: FineTuneSetup): NetworkJudge {
  return {
    split: 'validation',
    pictures: validation,
    trainSample: everyNth(pool, largestTrainSample),
    async ofNetwork(params) {
      const started = performance.now();
      const probabilities = await evaluator.probabilities(params, validation);
      return { probabilities, milliseconds: (performance.now() - started) / validation.length };
    },
  };
}

/**
 * By the networks of the same cycle that were trained without one fold each.
 * @param cycles their probabilities for the fold that each left out: float32 [pool, classes] of every cycle
 */
export function foldsJudge({ pool }: PreparedRun, cycles: readonly Float32Array[]): MemberJudge {
  return { split: 'outOfFold', pictures: pool, trainSample: pool, ofMembers: cycles };
}

function everyNth<T>(items: readonly T[], most: number): T[] {
  const stride = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * stride)]!);
}
