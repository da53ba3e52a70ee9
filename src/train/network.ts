import { AnnealError } from '../base/errors.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { scoresNode } from '../models/rewrites.ts';
import { nodesBetween, paramsOfNode } from '../models/spec-queries.ts';
import { pretrainedSpec, untrainedSpec } from '../models/trained-spec.ts';
import { initialise } from '../nn/init.ts';
import { toRuntimeLayout } from '../nn/layout.ts';
import { loadParameters, type HostArray } from '../nn/load-parameters.ts';
import type { BackboneFile } from '../protocol/train-job.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { toFloat32, type HostTensor } from '../weights/host-tensor.ts';
import { readWeights } from '../weights/read-weights.ts';
import { rewrittenSpec } from './technique-hooks.ts';

/** A network ready to be trained: description and every parameter in the runtime's layout. The owner disposes `params`. */
export interface Network {
  readonly spec: NetSpec;
  readonly params: Record<string, Tensor>;
  /** sha256 of the file the trunk came from, or a name for the seeded random start. */
  readonly origin: string;
}

/** A pretrained backbone with a new linear head for `classes`. The head's values are zero until they are fitted or drawn. */
export async function pretrainedNetwork(
  backbone: BackboneFile,
  classes: number,
  config: TrainConfig,
  inputSize: number,
): Promise<Network> {
  const spec = rewrittenSpec(pretrainedSpec(backbone, classes, inputSize), config);
  const { tensors } = await readWeights(backbone.path);
  return { spec, params: loadParameters(spec, stateDict(tensors), { head: 'skip' }), origin: backbone.sha256 };
}

/** A network with seeded random weights. */
export function randomNetwork(
  architecture: string,
  classes: number,
  config: TrainConfig,
  preprocessing: Preprocessing,
): Network {
  const spec = rewrittenSpec(untrainedSpec(architecture, classes, preprocessing), config);
  return { spec, params: initialise(spec, config.seed), origin: `random-${architecture}-${config.seed}` };
}

/** The linear layer that makes the scores, by the names of its parameters. */
export function headParameters(spec: NetSpec): { readonly weight: string; readonly bias: string } {
  const node = scoresNode(spec);
  if (node.op !== 'linear' || node.bias === null)
    throw new AnnealError('train.headNotLinear', { architecture: spec.architecture });
  return { weight: node.weight, bias: node.bias };
}

/** Names of all parameters and statistics that are read when the output of node `from` is given. */
export function parametersBehind(spec: NetSpec, from: string): ReadonlySet<string> {
  return new Set(nodesBetween(spec, from, [spec.head]).flatMap(paramsOfNode));
}

/** The network with other values for some parameters; shares the rest. */
export function withParameters(network: Network, changed: Record<string, Tensor>): Network {
  return { ...network, params: { ...network.params, ...changed } };
}

export function disposeNetwork(network: Network): void {
  tf.dispose(network.params);
}

/** Tensors of a file as numbers, whatever type they were stored in. */
export function stateDict(tensors: ReadonlyMap<string, HostTensor>): Map<string, HostArray> {
  return new Map([...tensors].map(([name, tensor]) => [name, { shape: tensor.shape, data: toFloat32(tensor) }]));
}

/** A head as runtime tensors under the network's names. The caller disposes them. */
export function headTensors(
  { spec }: Network,
  head: { weight: Float32Array; bias: Float32Array },
): Record<string, Tensor> {
  const names = headParameters(spec);
  const param = (name: string) => spec.params.find((candidate) => candidate.name === name)!;
  return {
    [names.weight]: toRuntimeLayout(param(names.weight), head.weight),
    [names.bias]: toRuntimeLayout(param(names.bias), head.bias),
  };
}
