/**
 * NetSpec → NetSpec rewrites. All pure; node and parameter names survive, so weights keep fitting. What a library's builder of that name
 * would not build bears another name: 'squeezenet1_1/linearHead'.
 */
import { AnnealError } from '../base/errors.ts';
import type { NetSpec, NodeSpec, ParamSpec } from './net-spec.ts';
import { opOf } from './op-table.ts';
import { biasParam, linearWeight } from './param-spec.ts';
import { headGroup, nodesBetween, paramsOfNode } from './spec-queries.ts';

/** The network under a name that tells of one more rewrite. */
export function renamed(spec: NetSpec, rewrite: string): NetSpec {
  return { ...spec, architecture: `${spec.architecture}/${rewrite}` };
}

/** The name that the network was built under, whatever became of it. */
export function baseArchitecture({ architecture }: Pick<NetSpec, 'architecture'>): string {
  return architecture.split('/')[0]!;
}

export interface HeadOptions {
  /** Probability of dropping a feature before the head; 0 takes the dropout away. Default: the architecture's own. */
  readonly dropoutRate?: number;
  /**
   * `own` (default): the architecture's head with another number of outputs, loadable by torch under its name.
   * `linear`: dropout and one linear layer on the pooled feature, whatever the architecture's own head is.
   */
  readonly form?: 'own' | 'linear';
}

/** The same network for `classes` outputs. The head's parameters have new shapes (and, for `linear`, new names). */
export function replaceHead(spec: NetSpec, classes: number, options: HeadOptions = {}): NetSpec {
  if (!Number.isInteger(classes) || classes < 1) throw new AnnealError('models.classesOutOfRange', { classes });
  const linearised = options.form === 'linear' ? withLinearHead(spec) : spec;
  const names = new Set(headGroup(linearised).nodes);
  const scores = scoresNode(linearised);
  const resized = new Set(paramsOfNode(scores));
  const withRate = withDropout(linearised, options.dropoutRate, scores, names);
  return {
    ...withRate,
    classes,
    params: withRate.params.map((param) =>
      resized.has(param.name) ? { ...param, shape: [classes, ...param.shape.slice(1)] } : param,
    ),
  };
}

/** The layer of the head that makes the scores: linear, or a 1×1 convolution. It has a bias. */
export function scoresNode(spec: NetSpec): NodeSpec {
  const names = new Set(headGroup(spec).nodes);
  const node = spec.nodes.find((candidate) => names.has(candidate.name) && opOf(candidate).affine);
  if (!node || opOf(node).affine!(node).bias === null)
    throw new Error(`${spec.architecture}: the head group holds no scoring layer with a bias`);
  return node;
}

/** Another size of the square the network sees; every other part of the preprocessing stays. */
export function withInputSize(spec: NetSpec, inputSize: number): NetSpec {
  return { ...spec, preprocessing: { ...spec.preprocessing, inputSize } };
}

/** The trunk: everything up to and with `node`, whose output is the new network's output. */
export function cutAt(spec: NetSpec, node: string): NetSpec {
  return subNet(spec, spec.nodes[0]!.name, node);
}

/**
 * The part that computes `toNode`'s output from `fromNode`'s. `fromNode` becomes the input node under its own name;
 * `head` is `toNode`, `feature` stays where it is inside and is `toNode` otherwise. Groups without nodes are left out.
 * Throws `models.unknownNode`, `models.notBelow`.
 */
export function subNet(spec: NetSpec, fromNode: string, toNode: string): NetSpec {
  const kept = nodesBetween(spec, fromNode, [toNode]);
  const nodes: NodeSpec[] = [{ op: 'input', name: fromNode, inputs: [] }, ...kept];
  const names = new Set(kept.map((node) => node.name));
  if (fromNode === spec.nodes[0]!.name) names.add(fromNode);
  const params = new Set(kept.flatMap(paramsOfNode));
  return {
    ...(kept.length + 1 === spec.nodes.length ? spec : renamed(spec, `${fromNode}..${toNode}`)),
    nodes,
    params: spec.params.filter((param) => params.has(param.name)),
    groups: spec.groups
      .map((group) => ({ ...group, nodes: group.nodes.filter((node) => names.has(node)) }))
      .filter((group) => group.nodes.length > 0),
    feature: names.has(spec.feature) ? spec.feature : toNode,
    head: toNode,
  };
}

/** Puts the pooled feature at the end of the trunk and one linear layer behind it, in place of the head. */
function withLinearHead(spec: NetSpec): NetSpec {
  const scores = scoresNode(spec);
  if (scores.op === 'linear') return spec;
  const old = new Set(headGroup(spec).nodes);
  const dropout = spec.nodes.find((node) => old.has(node.name) && node.op === 'dropout');
  const head: NodeSpec[] = [];
  if (dropout) head.push({ ...dropout, inputs: [spec.feature] });
  const weight = 'head.weight';
  const bias = 'head.bias';
  head.push({ op: 'linear', name: 'head', inputs: [dropout?.name ?? spec.feature], weight, bias });
  const gone = new Set(paramsOfNode(scores));
  const params: ParamSpec[] = spec.params.filter((param) => !gone.has(param.name));
  params.push(linearWeight(weight, spec.classes, spec.featureSize), biasParam(bias, spec.classes));
  const trunk = spec.groups.slice(0, -1);
  const deepest = trunk.at(-1)!;
  return {
    ...renamed(spec, 'linearHead'),
    nodes: [...spec.nodes.filter((node) => !old.has(node.name) || node.name === spec.feature), ...head],
    params,
    groups: [
      ...trunk.slice(0, -1),
      { ...deepest, nodes: [...deepest.nodes, spec.feature] },
      { name: headGroup(spec).name, nodes: head.map((node) => node.name) },
    ],
    head: 'head',
  };
}

function withDropout(
  spec: NetSpec,
  rate: number | undefined,
  scores: NodeSpec,
  headNodes: ReadonlySet<string>,
): NetSpec {
  if (rate === undefined) return spec;
  const present = spec.nodes.find((node) => headNodes.has(node.name) && node.op === 'dropout');
  if (present && rate > 0)
    return { ...spec, nodes: spec.nodes.map((node) => (node === present ? { ...present, rate } : node)) };
  if (present) return withoutNode(spec, present);
  if (rate === 0) return spec;
  const dropout: NodeSpec = { op: 'dropout', name: 'head.dropout', inputs: scores.inputs, rate };
  const place = <T>(items: readonly T[], item: T, isScores: (item: T) => boolean) =>
    items.flatMap((other) => (isScores(other) ? [item, other] : [other]));
  const head = headGroup(spec);
  return {
    ...spec,
    nodes: place(spec.nodes, dropout, (node) => node.name === scores.name).map((node) =>
      node.name === scores.name ? { ...node, inputs: [dropout.name] } : node,
    ),
    groups: [
      ...spec.groups.slice(0, -1),
      { ...head, nodes: place(head.nodes, dropout.name, (name) => name === scores.name) },
    ],
  };
}

/** Takes out a node of one input; its readers read that input. */
function withoutNode(spec: NetSpec, gone: NodeSpec): NetSpec {
  const source = gone.inputs[0]!;
  return {
    ...spec,
    nodes: spec.nodes
      .filter((node) => node.name !== gone.name)
      .map((node) => ({ ...node, inputs: node.inputs.map((input) => (input === gone.name ? source : input)) })),
    groups: spec.groups.map((group) => ({ ...group, nodes: group.nodes.filter((name) => name !== gone.name) })),
  };
}
