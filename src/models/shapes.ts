import { AnnealError } from '../base/errors.ts';
import type { NetSpec } from './net-spec.ts';
import type { OutputShape, ParamShapes } from './op-definition.ts';
import { opOf } from './op-table.ts';

export type { OutputShape };

/**
 * Shape of every node's output for one picture, by node name.
 * @param input shape of the input node's output, default the square of the spec's preprocessing.
 * Throws `models.inputTooSmall` where nothing would be left.
 */
export function outputShapes(spec: NetSpec, input?: OutputShape): ReadonlyMap<string, OutputShape> {
  const { inputSize } = spec.preprocessing;
  const param = paramShapes(spec);
  const shapes = new Map<string, OutputShape>();
  for (const node of spec.nodes) {
    const inputs = node.inputs.map((name) => shapes.get(name)!);
    const shape =
      node.op === 'input' ? (input ?? ([inputSize, inputSize, 3] as const)) : opOf(node).shape(node, inputs, param);
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

/** torch's shapes of the parameters of a network, by name. */
export function paramShapes({ params }: Pick<NetSpec, 'params'>): ParamShapes {
  const shapes = new Map(params.map((param) => [param.name, param.shape]));
  return (name) => shapes.get(name)!;
}
