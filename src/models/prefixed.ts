import type { NetSpec, NodeSpec, ParamSpec } from './net-spec.ts';
import { paramFields } from './op-table.ts';

/** A network's nodes and parameters as a part of another one. */
export interface NetPart {
  /** Without the input node. */
  readonly nodes: readonly NodeSpec[];
  readonly params: readonly ParamSpec[];
}

/** Puts `prefix` before the names of all nodes and parameters; what reads the input node reads `input`, which keeps its name. */
export function prefixed(spec: NetSpec, prefix: string, input: string): NetPart {
  const [start, ...nodes] = spec.nodes;
  const renamed = (name: string) => (name === start!.name ? input : prefix + name);
  return {
    nodes: nodes.map((node) => ({
      ...node,
      ...Object.fromEntries(paramFields(node).map(([field, name]) => [field, prefix + name])),
      name: prefix + node.name,
      inputs: node.inputs.map(renamed),
    })),
    params: spec.params.map((param) => ({ ...param, name: prefix + param.name })),
  };
}
