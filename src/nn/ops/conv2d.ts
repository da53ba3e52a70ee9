import { biasedDepthwiseConv2d, depthwiseConv2d, dilatedFilter, groupedConv2d } from '../../tensor/ops/conv2d.ts';
import { tf, type Tensor1D, type Tensor4D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const conv2d: Compute<'conv2d'> = (node, [input], { param }) => {
  const x = input as Tensor4D;
  const weight = param(node.weight) as Tensor4D;
  const filter = dilatedFilter(weight, node.dilation);
  // A filter a channel has a layout of its own (models/param-spec.ts): [kh, kw, channels, 1].
  const depthwise = node.groups > 1 && weight.shape[2] === node.groups && weight.shape[3] === 1;
  if (depthwise && node.bias !== null) return biasedDepthwiseConv2d(x, filter, param(node.bias) as Tensor1D, node);
  const y = depthwise ? depthwiseConv2d(x, filter, node) : groupedConv2d(x, filter, node.groups, node);
  return node.bias === null ? y : tf.add(y, param(node.bias));
};
