import { AnnealError } from '../base/errors.ts';
import type { NetSpec, NodeSpec } from './net-spec.ts';
import { windowPositions } from './window-positions.ts';

/** Of one picture: [height, width, channels] of a map, [channels] of a vector. */
export type OutputShape = readonly [number, number, number] | readonly [number];

/**
 * Shape of every node's output for one picture, by node name.
 * @param input shape of the input node's output, default the square of the spec's preprocessing.
 * Throws `models.inputTooSmall` where nothing would be left.
 */
export function outputShapes(spec: NetSpec, input?: OutputShape): ReadonlyMap<string, OutputShape> {
  const { inputSize } = spec.preprocessing;
  const channels = new Map(spec.params.map((param) => [param.name, param.shape[0]!]));
  const shapes = new Map<string, OutputShape>();
  for (const node of spec.nodes) {
    const inputs = node.inputs.map((name) => shapes.get(name)!);
    const shape = node.op === 'input' ? (input ?? [inputSize, inputSize, 3]) : nodeShape(node, inputs, channels);
    if (shape.some((n) => n < 1))
      throw new AnnealError('models.inputTooSmall', {
        architecture: spec.architecture,
        size: input?.[0] ?? inputSize,
        node: node.name,
      });
    shapes.set(node.name, shape);
  }
  return shapes;
}

function nodeShape(node: NodeSpec, inputs: readonly OutputShape[], channels: ReadonlyMap<string, number>): OutputShape {
  const first = inputs[0]!;
  const depth = first.at(-1)!;
  const window = (
    kernel: number,
    stride: number,
    padding: number | 'same',
    out: number,
    ceilMode = false,
  ): OutputShape => {
    const [height, width] = first as readonly [number, number, number];
    const positions = (size: number) => windowPositions(size, kernel, stride, padding, ceilMode);
    return [positions(height), positions(width), out];
  };
  switch (node.op) {
    case 'conv2d':
      return window(node.kernelSize, node.stride, node.padding, channels.get(node.weight)!);
    case 'maxPool':
    case 'avgPool':
      return window(node.kernelSize, node.stride, node.padding, depth, node.ceilMode);
    case 'padShortcut':
      return window(1, node.stride, 0, depth + node.channelsBefore + node.channelsAfter);
    case 'globalAveragePool':
      return [depth];
    case 'linear':
      return [channels.get(node.weight)!];
    case 'concat':
      return [...first.slice(0, -1), inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)] as unknown as OutputShape;
    default:
      return first;
  }
}
