import { tf } from '../../tensor/tf.ts';
import { forEachPart, type Features } from './features.ts';

/** A linear classifier in torch's layout: logits = features · weightᵀ + bias. */
export interface Head {
  /** float32 [classes, featureSize]. */
  readonly weight: Float32Array;
  /** float32 [classes]. */
  readonly bias: Float32Array;
}

/** Softmax of the logits of n pictures: float32 [n, classes] row-major. */
export async function headProbabilities(head: Head, features: Features, n: number): Promise<Float32Array> {
  const classes = head.bias.length;
  const featureSize = head.weight.length / classes;
  const result = new Float32Array(n * classes);
  const weight = tf.tensor2d(head.weight, [classes, featureSize]);
  await forEachPart(features, n, (rows, start, end) => {
    tf.tidy(() => {
      const x = tf.tensor2d(rows, [end - start, featureSize]);
      const probabilities = tf.softmax(tf.add(tf.matMul(x, weight, false, true), head.bias));
      result.set(probabilities.dataSync(), start * classes);
    });
  });
  weight.dispose();
  return result;
}
