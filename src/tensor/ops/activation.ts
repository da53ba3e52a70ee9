import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { attr, nativeBackend } from '../native.ts';

/** A function of each element, whose native gradient op takes (first, second) as `order` says and one saved tensor. */
function elementwise<T extends Tensor>(
  x: T,
  op: string,
  gradient: { op: string; saved: 'x' | 'y'; order: 'dyFirst' | 'dyLast' },
  portable: (x: T) => T,
): T {
  const backend = nativeBackend();
  if (!backend) return portable(x);
  const apply = tf.customGrad((...args) => {
    const [$x, save] = args as unknown as [Tensor, (tensors: Tensor[]) => void];
    const y = backend.executeSingleOutput(op, [attr.float32], [$x]);
    save([gradient.saved === 'x' ? $x : y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const inputs = gradient.order === 'dyFirst' ? [dy, saved[0]!] : [saved[0]!, dy];
        return backend.executeSingleOutput(gradient.op, [attr.float32], inputs);
      },
    };
  });
  return apply(x) as T;
}

/** max(0, x). float32, any shape. The gradient at 0 is 0. */
export function relu<T extends Tensor>(x: T): T {
  return elementwise(x, 'Relu', { op: 'ReluGrad', saved: 'y', order: 'dyFirst' }, (input) => tf.relu(input));
}

/** min(6, max(0, x)). float32, any shape. The gradient at 0 and 6 is 0. */
export function relu6<T extends Tensor>(x: T): T {
  return elementwise(x, 'Relu6', { op: 'Relu6Grad', saved: 'y', order: 'dyFirst' }, (input) => tf.relu6(input));
}

/** 1 / (1 + e^−x). float32, any shape. */
export function sigmoid<T extends Tensor>(x: T): T {
  return elementwise(x, 'Sigmoid', { op: 'SigmoidGrad', saved: 'y', order: 'dyLast' }, (input) => tf.sigmoid(input));
}

/** x · relu6(x + 3) / 6 (Howard et al. 2019, arXiv 1905.02244). float32, any shape. */
export function hardSwish<T extends Tensor>(x: T): T {
  return tf.mul(x, tf.mul(relu6(tf.add(x, 3)), 1 / 6));
}
