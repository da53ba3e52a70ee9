/** Questions to a NetSpec that more than one caller asks. All pure. */
import { AnnealError } from '../base/errors.ts';
import { nearest } from '../base/nearest.ts';
import type { LayerGroup, NetSpec, NodeSpec, ParamSpec } from './net-spec.ts';
import { opOf, paramFields, type ComputedNode } from './op-table.ts';
import { sizeOf } from '../base/size-of.ts';

/** The node of that name. Throws `models.unknownNode`. */
function nodeNamed(spec: NetSpec, name: string): NodeSpec {
  const node = spec.nodes.find((candidate) => candidate.name === name);
  if (node) return node;
  const names = spec.nodes.map((candidate) => candidate.name);
  throw new AnnealError('models.unknownNode', {
    architecture: spec.architecture,
    name,
    nearest: nearest(name, names),
  });
}

/** Names of the parameters and statistics a node reads, in torch's order. */
export function paramsOfNode(node: NodeSpec): readonly string[] {
  return paramFields(node).map(([, name]) => name);
}

/** Names of the running statistics of a normalisation, which a step in training mode moves; none for other nodes. */
export function statisticsOfNode(node: NodeSpec): readonly string[] {
  const norm = opOf(node).norm?.(node);
  return norm ? [norm.runningMean, norm.runningVariance] : [];
}

export function headGroup(spec: NetSpec): LayerGroup {
  return spec.groups.at(-1)!;
}

/**
 * The node whose output feeds layer group `freezeTo`: what lies at or before it is frozen, what lies behind it trains.
 * `freezeTo` counts groups from the shallow end as fastai's `freeze_to`; 0 freezes nothing and gives the input node.
 * Throws `models.freezeOutOfRange`.
 */
export function boundaryNode(spec: NetSpec, freezeTo: number): string {
  const last = spec.groups.length - 1;
  if (!Number.isInteger(freezeTo) || freezeTo < 0 || freezeTo > last)
    throw new AnnealError('models.freezeOutOfRange', { architecture: spec.architecture, freezeTo, last });
  return freezeTo === 0 ? spec.nodes[0]!.name : spec.groups[freezeTo - 1]!.nodes.at(-1)!;
}

/** Index of the layer group of every node, by node name. */
export function groupOfNode(spec: NetSpec): ReadonlyMap<string, number> {
  return new Map(spec.groups.flatMap((group, index) => group.nodes.map((node) => [node, index] as const)));
}

/** Index of the layer group of every parameter and statistic, by its name. */
export function groupOfParam(spec: NetSpec): ReadonlyMap<string, number> {
  const groups = groupOfNode(spec);
  return new Map(
    spec.nodes.flatMap((node) => paramsOfNode(node).map((param) => [param, groups.get(node.name)!] as const)),
  );
}

export interface ParameterRow extends ParamSpec {
  readonly size: number;
  readonly node: string;
  readonly group: number;
}

/** One row a parameter or statistic, in torch's state_dict order: where it belongs and how many numbers it holds. */
export function parameterTable(spec: NetSpec): ParameterRow[] {
  const groups = groupOfParam(spec);
  const nodes = new Map(spec.nodes.flatMap((node) => paramsOfNode(node).map((param) => [param, node.name] as const)));
  return spec.params.map((param) => ({
    ...param,
    size: sizeOf(param.shape),
    node: nodes.get(param.name)!,
    group: groups.get(param.name)!,
  }));
}

/**
 * Nodes needed for the outputs `targets` when the outputs of `given` are at hand, in topological order; `given` nodes
 * themselves are left out. Throws `models.notBelow` when a path reaches the picture without passing `given`.
 */
export function nodesBetween(spec: NetSpec, given: string, targets: readonly string[]): ComputedNode[] {
  nodeNamed(spec, given);
  const needed = new Set<string>(targets.map((target) => nodeNamed(spec, target).name));
  const result: ComputedNode[] = [];
  for (const node of spec.nodes.toReversed()) {
    if (!needed.has(node.name) || node.name === given) continue;
    if (node.op === 'input')
      throw new AnnealError('models.notBelow', {
        architecture: spec.architecture,
        from: given,
        to: targets.join(', '),
      });
    for (const input of node.inputs) needed.add(input);
    result.push(node);
  }
  return result.reverse();
}
