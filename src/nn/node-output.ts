import type { NodeSpec } from '../models/net-spec.ts';
import { hardSwish, relu, relu6, sigmoid } from '../tensor/ops/activation.ts';
import { conv2d, depthwiseConv2d } from '../tensor/ops/conv2d.ts';
import { avgPool, globalAveragePool, maxPool } from '../tensor/ops/pool.ts';
import { tf, type Tensor, type Tensor1D, type Tensor2D, type Tensor4D } from '../tensor/tf.ts';
import { dropout } from './dropout.ts';
import { batchNorm } from './batch-norm.ts';

/** What the nodes of one forward pass share. */
export interface NodeContext {
  readonly param: (name: string) => Tensor;
  readonly norm: (nodeName: string) => 'frozen' | 'training';
  /** int32 [2]; null: dropout does nothing. */
  readonly dropoutSeed: Tensor | null;
  readonly dropoutIndex: (nodeName: string) => number;
  /** Filled by batch norms in training mode. */
  readonly statistics: Record<string, Tensor>;
}

/** The output of one node from its inputs' outputs: maps are float32 [B, H, W, C], vectors [B, C]. */
export function nodeOutput(node: NodeSpec, inputs: readonly Tensor[], context: NodeContext): Tensor {
  const x = inputs[0]!;
  const map = x as Tensor4D;
  switch (node.op) {
    case 'input':
      throw new Error(`input node "${node.name}" has nothing to compute`);
    case 'conv2d': {
      const convolve = node.depthwise ? depthwiseConv2d : conv2d;
      const y = convolve(map, context.param(node.weight) as Tensor4D, node);
      return node.bias === null ? y : tf.add(y, context.param(node.bias));
    }
    case 'batchNorm':
      return batchNorm(node, map, context);
    case 'relu':
      return relu(x);
    case 'relu6':
      return relu6(x);
    case 'hardSwish':
      return hardSwish(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'maxPool':
      return maxPool(map, node);
    case 'avgPool':
      return avgPool(map, node);
    case 'globalAveragePool':
      return globalAveragePool(map);
    case 'add':
      return tf.add(x, inputs[1]!);
    case 'concat':
      return tf.concat([...inputs], -1);
    case 'padShortcut':
      return padShortcut(map, node.stride, node.channelsBefore, node.channelsAfter);
    case 'dropout':
      return context.dropoutSeed === null
        ? x
        : dropout(x, node.rate, context.dropoutSeed, context.dropoutIndex(node.name));
    case 'linear':
      return tf.add(
        tf.matMul(x as Tensor2D, context.param(node.weight) as Tensor2D),
        context.param(node.bias) as Tensor1D,
      );
  }
}

/** Every `stride`-th row and column from the first; zero channels on both sides. */
function padShortcut(x: Tensor4D, stride: number, before: number, after: number): Tensor4D {
  // The mean over windows of one element is the element; unlike tf-core's strided slice it has a gradient.
  const subsampled = stride === 1 ? x : avgPool(x, { kernelSize: 1, stride, padding: 0 });
  return tf.pad4d(subsampled, [
    [0, 0],
    [0, 0],
    [0, 0],
    [before, after],
  ]);
}
