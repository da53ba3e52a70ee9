import { AnnealError } from '../base/errors.ts';
import { nativeBackend, type NativeAttr } from '../tensor/native.ts';
import type { Tensor } from '../tensor/tf.ts';

/** An op of TensorFlow's image kernels, which has no portable definition here: augmented training needs the native runtime. */
export function nativeOp(op: string, attrs: readonly NativeAttr[], inputs: readonly Tensor[]): Tensor {
  const backend = nativeBackend();
  if (!backend) throw new AnnealError('augment.needsNative', { op }, { kind: 'failure' });
  return backend.executeSingleOutput(op, attrs, inputs);
}
