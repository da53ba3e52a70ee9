import { AnnealError } from '../base/errors.ts';
import type { NetSpec, NodeSpec } from '../models/net-spec.ts';
import { nodesBetween } from '../models/spec-queries.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { nodeOutput } from './node-output.ts';
import type { NodeContext } from './op-compute.ts';

/** How a batch norm normalises: by its running statistics, or by the batch's (which then move the running ones). */
export type NormMode = 'frozen' | 'training';

export interface ForwardOptions {
  /** Node whose output `input` is. Default: the network's input node. */
  readonly from?: string;
  /** Node whose output is wanted. Default: the head's logits. */
  readonly to?: string;
  /** Further nodes whose outputs are wanted; they need not lie on the way to `to`. */
  readonly taps?: readonly string[];
  /** Mode of each batch norm by its node's name. Default: all frozen. */
  readonly norm?: (nodeName: string) => NormMode;
  /** Changes the output of a node before the nodes behind it read it. Absent: what a network gives when it predicts. */
  readonly node?: (node: NodeSpec, output: Tensor) => Tensor;
}

export interface ForwardResult {
  readonly output: Tensor;
  /** By node name. */
  readonly taps: Record<string, Tensor>;
  /** New running means and variances of the batch norms in training mode, by parameter name; no gradient goes through. */
  readonly statistics: Record<string, Tensor>;
}

/**
 * Computes a network, or the part of it between two nodes.
 * `params`: by torch's name, in the runtime's layout (layout.ts); `input`: float32 [B, H, W, C], normalised as
 * `spec.preprocessing` says, or what `from` puts out. Throws `models.notBelow` when the part needs more than `input`.
 * The caller disposes what it gets; run it inside `tf.tidy` so that the rest is freed.
 */
export function forward(
  spec: NetSpec,
  params: Readonly<Record<string, Tensor>>,
  input: Tensor,
  options: ForwardOptions = {},
): ForwardResult {
  const from = options.from ?? spec.nodes[0]!.name;
  const to = options.to ?? spec.head;
  const taps = options.taps ?? [];
  const statistics: Record<string, Tensor> = {};
  const context: NodeContext = {
    param: (name) => params[name] ?? missingParameter(spec, name),
    norm: options.norm ?? (() => 'frozen'),
    statistics,
  };
  const outputs = new Map<string, Tensor>([[from, input]]);
  const nodes = nodesBetween(spec, from, [to, ...taps]);
  const release = options.norm || recordsGradients() ? null : releaseAfterUse(nodes, outputs, [from, to, ...taps]);
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => outputs.get(name)!) as [Tensor, ...Tensor[]];
    const compute = () => {
      const output = nodeOutput(node, inputs, context);
      return options.node?.(node, output) ?? output;
    };
    outputs.set(node.name, release ? tf.tidy(compute) : compute());
    release?.(node);
  }
  return {
    output: outputs.get(to)!,
    taps: Object.fromEntries(taps.map((name) => [name, outputs.get(name)!])),
    statistics,
  };
}

/** A gradient that will be asked for reads every output again. */
function recordsGradients(): boolean {
  return tf.engine().state.gradientDepth > 0;
}

/**
 * Disposes each output after the last node that reads it: of a batch of pictures, all outputs of a network together are
 * gigabytes. `kept`: nodes whose outputs are wanted.
 */
function releaseAfterUse(
  nodes: readonly NodeSpec[],
  outputs: ReadonlyMap<string, Tensor>,
  kept: readonly string[],
): (node: NodeSpec) => void {
  const readers = new Map<string, number>();
  for (const name of nodes.flatMap(({ inputs }) => inputs)) readers.set(name, (readers.get(name) ?? 0) + 1);
  const wanted = new Set<string>(kept);
  return (node) => {
    const output = outputs.get(node.name)!;
    for (const name of node.inputs) {
      readers.set(name, readers.get(name)! - 1);
      // A node may hand its input on as it is (dropout): one tensor under two names stays.
      if (outputs.get(name) === output) wanted.add(name).add(node.name);
      if (readers.get(name) === 0 && !wanted.has(name)) outputs.get(name)!.dispose();
    }
  };
}

function missingParameter(spec: NetSpec, name: string): never {
  throw new AnnealError(
    'models.parameterMismatch',
    { architecture: spec.architecture, missing: [name], unexpected: [], mismatched: [] },
    { kind: 'failure' },
  );
}
