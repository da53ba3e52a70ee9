import type { NetSpec, NodeSpec, ParamSpec } from './net-spec.ts';

type ConvNode = NodeSpec & { readonly op: 'conv2d' };
type NormNode = NodeSpec & { readonly op: 'batchNorm' };

/**
 * How one convolution absorbs the frozen batch norm behind it, all by parameter name:
 *   factor = scale / √(runningVariance + epsilon)        one number an output channel
 *   weight ← weight · factor
 *   foldedBias = shift + (bias − runningMean) · factor   (bias 0 where there is none)
 */
export interface NormFold {
  readonly weight: string;
  readonly depthwise: boolean;
  readonly bias: string | null;
  readonly scale: string;
  readonly shift: string;
  readonly runningMean: string;
  readonly runningVariance: string;
  readonly epsilon: number;
  readonly foldedBias: string;
}

export interface FoldedNet {
  readonly spec: NetSpec;
  readonly folds: readonly NormFold[];
}

/**
 * The same function in inference mode with fewer layers: every batch norm that alone reads a convolution goes into it.
 * The folded convolution carries the norm's node name, so names of boundaries and taps stay valid; its weight keeps its
 * name and gets a bias `<convolution>.bias`. `only` picks norms by node name (those that are frozen); default: all.
 * nn/fold-parameters.ts makes the parameters.
 */
export function foldNorm(spec: NetSpec, only: (normNode: string) => boolean = () => true): FoldedNet {
  const pairs = foldable(spec).filter(({ norm }) => only(norm.name));
  const byNorm = new Map(pairs.map((pair) => [pair.norm.name, pair]));
  const gone = new Set(pairs.map(({ conv }) => conv.name));
  const folds = pairs.map(({ conv, norm }) => foldOf(conv, norm));
  const biases = new Map(folds.map((fold) => [fold.weight, fold]));
  const absorbed = new Set(
    folds.flatMap((fold) => [fold.scale, fold.shift, fold.runningMean, fold.runningVariance, fold.bias ?? '']),
  );
  return {
    folds,
    spec: {
      ...spec,
      nodes: spec.nodes
        .filter((node) => !gone.has(node.name))
        .map((node) => {
          const pair = byNorm.get(node.name);
          return pair ? { ...pair.conv, name: node.name, bias: biases.get(pair.conv.weight)!.foldedBias } : node;
        }),
      params: spec.params
        .filter((param) => !absorbed.has(param.name))
        .flatMap((param) => {
          const fold = biases.get(param.name);
          return fold ? [param, biasParam(fold, param)] : [param];
        }),
      groups: spec.groups.map((group) => ({ ...group, nodes: group.nodes.filter((node) => !gone.has(node)) })),
    },
  };
}

/** Norms whose input is a convolution that nothing else reads. */
function foldable(spec: NetSpec): { conv: ConvNode; norm: NormNode }[] {
  const nodes = new Map(spec.nodes.map((node) => [node.name, node]));
  const readers = new Map<string, number>();
  for (const input of spec.nodes.flatMap((node) => node.inputs)) readers.set(input, (readers.get(input) ?? 0) + 1);
  const wanted = new Set([spec.head, spec.feature]);
  return spec.nodes.flatMap((norm) => {
    if (norm.op !== 'batchNorm') return [];
    const conv = nodes.get(norm.inputs[0]!);
    return conv?.op === 'conv2d' && readers.get(conv.name) === 1 && !wanted.has(conv.name) ? [{ conv, norm }] : [];
  });
}

function foldOf(conv: ConvNode, norm: NormNode): NormFold {
  const { scale, shift, runningMean, runningVariance, epsilon } = norm;
  const { weight, depthwise, bias } = conv;
  const foldedBias = `${conv.name}.bias`;
  return { weight, depthwise, bias, scale, shift, runningMean, runningVariance, epsilon, foldedBias };
}

function biasParam(fold: NormFold, weight: ParamSpec): ParamSpec {
  return { name: fold.foldedBias, role: 'bias', shape: [weight.shape[0]!] };
}
