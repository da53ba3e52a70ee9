import type { NetSpec } from './net-spec.ts';
import { opOf } from './op-table.ts';
import { sizeOf } from '../base/size-of.ts';
import { outputShapes, paramShapes } from './shapes.ts';
import { groupOfNode, parameterTable } from './spec-queries.ts';

interface NodeCost {
  readonly node: string;
  readonly group: number;
  readonly shape: readonly number[];
  /** For one picture, as papers count: of convolutions and linear layers. */
  readonly multiplyAdds: number;
  /** Numbers that training moves. */
  readonly parameters: number;
}

export interface NetCost {
  readonly multiplyAdds: number;
  readonly parameters: number;
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
  for (const row of parameterTable(spec)) if (row.trains) sizes.set(row.node, (sizes.get(row.node) ?? 0) + row.size);
  const param = paramShapes(spec);
  const nodes = spec.nodes.map((node) => {
    const output = shapes.get(node.name)!;
    const inputs = node.inputs.map((name) => shapes.get(name)!);
    return {
      node: node.name,
      group: groups.get(node.name) ?? 0,
      shape: output,
      multiplyAdds: opOf(node).multiplyAdds(node, { inputs, output, param }),
      parameters: sizes.get(node.name) ?? 0,
    };
  });
  const sum = (of: (row: NodeCost) => number) => nodes.reduce((total, row) => total + of(row), 0);
  return {
    multiplyAdds: sum((row) => row.multiplyAdds),
    parameters: sum((row) => row.parameters),
    inferenceActivationBytes: bytesPerNumber * mostAlive(spec, (name) => sizeOf(shapes.get(name)!)),
    nodes,
  };
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
