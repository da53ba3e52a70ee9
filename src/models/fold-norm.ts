import type { NetSpec, NodeSpec, ParamSpec } from './net-spec.ts';
import type { FrozenNorm } from './op-definition.ts';
import { opOf } from './op-table.ts';
import { biasParam } from './param-spec.ts';
import { renamed } from './rewrites.ts';

/**
 * How one convolution or linear layer absorbs the frozen norm behind it:
 *   factor = scale / √(runningVariance + epsilon)        one number an output channel
 *   weight ← weight · factor
 *   foldedBias = shift + (bias − runningMean) · factor   (bias 0 where there is none)
 * All names but `weight` are those of parameters.
 */
export interface NormFold extends FrozenNorm {
  readonly weight: ParamSpec;
  readonly bias: string | null;
  readonly foldedBias: string;
}

export interface FoldedNet {
  readonly spec: NetSpec;
  readonly folds: readonly NormFold[];
}

/**
 * The same function in inference mode with fewer layers: every norm that alone reads a convolution or a linear layer goes into it.
 * The folded layer carries the norm's node name, so names of boundaries and taps stay valid; its weight keeps its
 * name and gets a bias `<layer>.bias`. `only` picks norms by node name (those that are frozen); default: all.
 * nn/fold-parameters.ts makes the parameters.
 */
export function foldNorm(spec: NetSpec, only: (normNode: string) => boolean = () => true): FoldedNet {
  const pairs = foldable(spec).filter(({ norm }) => only(norm.name));
  const byNorm = new Map(pairs.map((pair) => [pair.norm.name, pair]));
  const gone = new Set(pairs.map(({ layer }) => layer.name));
  const folds = pairs.map(({ fold }) => fold);
  const byWeight = new Map(folds.map((fold) => [fold.weight.name, fold]));
  const absorbed = new Set(
    folds.flatMap((fold) => [fold.scale, fold.shift, fold.runningMean, fold.runningVariance, fold.bias ?? '']),
  );
  const folded: NetSpec = {
    ...spec,
    nodes: spec.nodes
      .filter((node) => !gone.has(node.name))
      .map((node) => {
        const pair = byNorm.get(node.name);
        return pair ? { ...pair.folded, name: node.name } : node;
      }),
    params: spec.params
      .filter((param) => !absorbed.has(param.name))
      .flatMap((param) => {
        const fold = byWeight.get(param.name);
        return fold ? [param, biasParam(fold.foldedBias, param.shape[0]!)] : [param];
      }),
    groups: spec.groups.map((group) => ({ ...group, nodes: group.nodes.filter((node) => !gone.has(node)) })),
  };
  return { folds, spec: folds.length > 0 ? renamed(folded, 'folded') : spec };
}

interface FoldablePair {
  readonly layer: NodeSpec;
  /** The layer with its new bias. */
  readonly folded: NodeSpec;
  readonly norm: NodeSpec;
  readonly fold: NormFold;
}

/** Norms whose input is an affine layer that nothing else reads. */
function foldable(spec: NetSpec): FoldablePair[] {
  const nodes = new Map(spec.nodes.map((node) => [node.name, node]));
  const params = new Map(spec.params.map((param) => [param.name, param]));
  const readers = new Map<string, number>();
  for (const input of spec.nodes.flatMap((node) => node.inputs)) readers.set(input, (readers.get(input) ?? 0) + 1);
  const wanted = new Set([spec.head, spec.feature]);
  return spec.nodes.flatMap((norm): FoldablePair[] => {
    const frozen = opOf(norm).norm?.(norm);
    const layer = frozen && nodes.get(norm.inputs[0]!);
    const affine = layer && opOf(layer).affine?.(layer);
    if (!affine || readers.get(layer.name) !== 1 || wanted.has(layer.name)) return [];
    const { scale, shift, runningMean, runningVariance, epsilon } = frozen;
    const foldedBias = `${layer.name}.bias`;
    const weight = params.get(affine.weight)!;
    const fold = { scale, shift, runningMean, runningVariance, epsilon, weight, bias: affine.bias, foldedBias };
    return [{ layer, folded: affine.withBias(foldedBias), norm, fold }];
  });
}
