/** The one door to tf-core for the folders that may compute; see tensor/runtime.ts for the back end behind it. */
export * as tf from '@tensorflow/tfjs-core';
export type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D, Scalar } from '@tensorflow/tfjs-core';
