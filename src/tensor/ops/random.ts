import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../../base/size-of.ts';
import { attr, nativeBackend } from '../native.ts';

/**
 * Uniform random numbers in [0, 1) that are a function of `seed` (int32 [2]) and nothing else, so that a seed fed to each step makes a resumed
 * run repeat bit for bit. The numbers of the native and the portable definition differ; their distribution does not.
 */
export function statelessUniform(shape: readonly number[], seed: Tensor1D): Tensor {
  const backend = nativeBackend();
  if (backend) {
    const attrs = [attr.type('dtype', 'float32'), attr.type('T', 'int32'), attr.type('Tseed', 'int32')];
    return backend.executeSingleOutput('StatelessRandomUniform', attrs, [tf.tensor1d([...shape], 'int32'), seed]);
  }
  const [first, second] = seed.dataSync() as Int32Array;
  const draw = splitMix(first!, second!);
  return tf.tensor(Float32Array.from({ length: sizeOf(shape) }, draw), [...shape]);
}

/** SplitMix64 (Steele, Lea, Flood 2014) seeded by two words; uniform in [0, 1) with the 24 bits that a float32 holds. */
function splitMix(first: number, second: number): () => number {
  let state = (BigInt(first >>> 0) << 32n) | BigInt(second >>> 0);
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let z = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return Number((z ^ (z >> 31n)) >> 40n) / 2 ** 24;
  };
}
