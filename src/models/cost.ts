import { trainableRoles, type NetSpec, type NodeSpec } from './net-spec.ts';
import { outputShapes } from './shapes.ts';
import { groupOfNode, parameterTable } from './spec-queries.ts';

export interface NodeCost {
  readonly node: string;
  readonly group: number;
  readonly shape: readonly number[];
  /** Multiply-adds of convolutions and linear layers for one picture; 0 for all else, as papers count. */
  readonly multiplyAdds: number;
  /** Numbers that training moves. */
  readonly parameters: number;
}

export interface NetCost {
  readonly multiplyAdds: number;
  readonly parameters: number;
  /** Of one picture: outputs of all layers, which a training step keeps for its gradients. */
  readonly trainingActivationBytes: number;
  /** Of one picture: the most that is alive at once in a forward pass, every output freed after its last reader. */
  readonly inferenceActivationBytes: number;
  readonly nodes: readonly NodeCost[];
}

const bytesPerNumber = 4;

/** What one picture costs, layer by layer. @param size side of the square in pixels; default: the preprocessing's. */
export function cost(spec: NetSpec, size: number = spec.preprocessing.inputSize): NetCost {
  const shapes = outputShapes(spec, [size, size, 3]);
  const groups = groupOfNode(spec);
  const sizes = new Map<string, number>();
  for (const row of parameterTable(spec))
    if (trainableRoles.has(row.role)) sizes.set(row.node, (sizes.get(row.node) ?? 0) + row.size);
  const weightSize = new Map(spec.params.map((param) => [param.name, product(param.shape)]));
  const nodes = spec.nodes.map((node) => {
    const shape = shapes.get(node.name)!;
    return {
      node: node.name,
      group: groups.get(node.name) ?? 0,
      shape,
      multiplyAdds: multiplyAdds(node, shape, weightSize),
      parameters: sizes.get(node.name) ?? 0,
    };
  });
  const sum = (of: (row: NodeCost) => number) => nodes.reduce((total, row) => total + of(row), 0);
  return {
    multiplyAdds: sum((row) => row.multiplyAdds),
    parameters: sum((row) => row.parameters),
    trainingActivationBytes: bytesPerNumber * sum((row) => product(row.shape)),
    inferenceActivationBytes: bytesPerNumber * mostAlive(spec, (name) => product(shapes.get(name)!)),
    nodes,
  };
}

/** A weight is used once at every position of the output. */
function multiplyAdds(node: NodeSpec, shape: readonly number[], weightSize: ReadonlyMap<string, number>): number {
  if (node.op !== 'conv2d' && node.op !== 'linear') return 0;
  return weightSize.get(node.weight)! * product(shape.slice(0, -1));
}

function mostAlive(spec: NetSpec, size: (node: string) => number): number {
  const lastReader = new Map<string, string>();
  for (const node of spec.nodes) for (const input of node.inputs) lastReader.set(input, node.name);
  let alive = 0;
  let most = 0;
  for (const node of spec.nodes) {
    alive += size(node.name);
    most = Math.max(most, alive);
    for (const input of new Set(node.inputs)) if (lastReader.get(input) === node.name) alive -= size(input);
  }
  return most;
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, n) => total * n, 1);
}
