import { compile } from '../../tensor/compile.ts';
import { conv2d } from '../../tensor/ops/conv2d.ts';
import { relu } from '../../tensor/ops/activation.ts';
import { loadRuntime } from '../../tensor/runtime.ts';
import { tf, type Scalar, type Tensor, type Tensor4D } from '../../tensor/tf.ts';
import type { JobHandler } from '../job-handler.ts';

const timedSteps = 5;

/** Loads TensorFlow and times one compiled step. */
export const doctor: JobHandler<'doctor'> = async ({ threads }) => {
  const runtime = await loadRuntime({ threads });
  return {
    backend: runtime.kind,
    version: runtime.version,
    reason:
      runtime.reason === undefined
        ? null
        : { code: 'engine.noNative', params: { detail: runtime.reason }, kind: 'failure' },
    devices: [...runtime.devices],
    threads: runtime.threads,
    testStepMilliseconds: runtime.kind === 'native' ? timeTestStep() : null,
  };
};

/**
 * Median milliseconds of a gradient step of two 3×3 convolutions with 32 channels on 16 pictures of 64×64: enough work to tell
 * a fast runtime from a slow one, little enough to wait for.
 */
function timeTestStep(): number {
  const inputs = {
    images: tf.randomNormal([16, 64, 64, 3], 0, 1, 'float32', 1),
    first: tf.randomNormal([3, 3, 3, 32], 0, 0.1, 'float32', 2),
    second: tf.randomNormal([3, 3, 32, 32], 0, 0.1, 'float32', 3),
  };
  const loss = (images: Tensor, first: Tensor, second: Tensor) => {
    const hidden = relu(conv2d(images as Tensor4D, first as Tensor4D, { stride: 1, padding: 'same' }));
    return tf.mean(tf.square(conv2d(hidden, second as Tensor4D, { stride: 2, padding: 'same' }))) as Scalar;
  };
  const step = compile({
    name: 'doctor',
    inputs,
    fn: ({ images, first, second }) => {
      const [a, b] = tf.grads((x: Tensor, y: Tensor) => loss(images, x, y))([first, second]);
      return { first: tf.sub(first, tf.mul(a!, 0.01)), second: tf.sub(second, tf.mul(b!, 0.01)) };
    },
  });
  const times: number[] = [];
  for (let i = 0; i <= timedSteps; i++) {
    const started = performance.now();
    tf.tidy(() => void step.run(inputs).first.dataSync());
    if (i > 0) times.push(performance.now() - started);
  }
  step.dispose();
  tf.dispose(inputs);
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
