import fc from 'fast-check';
import { randomStream } from '../../src/base/random.ts';

export interface RandomPredictions {
  /** float32 [pictures, classes] each, rows that sum to 1. */
  readonly members: Float32Array[];
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Members that are right more often than by chance, and differ. */
export function predictionsOf(seed: number, members: number, pictures: number, classes: number): RandomPredictions {
  const random = randomStream(seed, 'predictions');
  const labels = Int32Array.from({ length: pictures }, () => random.integer(classes));
  const said = Array.from({ length: members }, () => {
    const probabilities = new Float32Array(pictures * classes);
    for (let row = 0; row < pictures; row++) {
      const scores = Array.from({ length: classes }, (_, c) =>
        Math.exp(1.5 * random.normal() + (c === labels[row] ? 1.5 : 0)),
      );
      const sum = scores.reduce((total, score) => total + score, 0);
      scores.forEach((score, c) => (probabilities[row * classes + c] = score / sum));
    }
    return probabilities;
  });
  return { members: said, labels, classes };
}

export function randomPredictions(size: {
  readonly members: readonly [number, number];
  readonly pictures: readonly [number, number];
}): fc.Arbitrary<RandomPredictions> {
  const between = ([min, max]: readonly [number, number]) => fc.integer({ min, max });
  return fc
    .tuple(fc.integer(), between(size.members), between(size.pictures), fc.integer({ min: 2, max: 5 }))
    .map(([seed, members, pictures, classes]) => predictionsOf(seed, members, pictures, classes));
}
