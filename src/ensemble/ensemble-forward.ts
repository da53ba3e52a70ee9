import { foldNorm } from '../models/fold-norm.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { cutAt, subNet } from '../models/rewrites.ts';
import { foldParameters } from '../nn/fold-parameters.ts';
import { forward } from '../nn/forward.ts';
import { loadParameters, type HostArray } from '../nn/load-parameters.ts';
import { tf, type Tensor, type Tensor4D } from '../tensor/tf.ts';
import { normalise } from '../tensor/ops/normalise.ts';
import { toFloat32, type HostTensor } from '../weights/host-tensor.ts';
import { averagedMembers, type EnsembleModel } from './ensemble-model.ts';
import type { ModelFiles } from './model-folder.ts';

/** The averaged ensemble in inference mode, as constants and a function of them: what a trace or an eager run needs. */
export interface EnsembleForward {
  /** Names of the members averaged, in the order of `members` below. */
  readonly memberNames: readonly string[];
  /** Runtime layout, batch norm folded into convolutions. Dispose with `dispose`. */
  readonly constants: Record<string, Tensor>;
  /**
   * pixels: float32 [B, size, size, 3], 0..255, cropped. Each probability tensor: float32 [B, classes].
   * Run inside `tf.tidy` or a trace.
   */
  apply(pixels: Tensor4D, constants: Record<string, Tensor>): { readonly members: Tensor[]; readonly ensemble: Tensor };
  dispose(): void;
}

/** One network or part of one, its constants' names prefixed so that members do not clash. */
interface Part {
  readonly spec: NetSpec;
  readonly prefix: string;
  readonly names: readonly string[];
}

/** Reads the weights of trunk and averaged members, one file at a time. Throws what `files.weights` and loadParameters throw. */
export async function loadEnsemble(files: ModelFiles): Promise<EnsembleForward> {
  const { model } = files;
  const constants: Record<string, Tensor> = {};
  const add = async (spec: NetSpec, prefix: string, tensors: ReadonlyMap<string, HostTensor>): Promise<Part> => {
    const given = new Map(
      [...tensors].map(([name, tensor]): [string, HostArray] => [
        name,
        { shape: tensor.shape, data: toFloat32(tensor) },
      ]),
    );
    const loaded = loadParameters(spec, given);
    const { spec: foldedSpec, folds } = foldNorm(spec);
    const folded = foldParameters(folds, loaded);
    tf.dispose(loaded);
    for (const [name, tensor] of Object.entries(folded)) constants[prefix + name] = tensor;
    return { spec: foldedSpec, prefix, names: Object.keys(folded) };
  };
  const { trunk } = model;
  const averaged = averagedMembers(model);
  const trunkPart = trunk && (await add(cutAt(model.spec, trunk.to), 'trunk/', await files.weights(trunk)));
  const parts: Part[] = [];
  for (const [index, { member }] of averaged.entries()) {
    parts.push(await add(memberSpec(model, member.spec), `member${index}/`, await files.weights(member)));
  }
  return {
    memberNames: averaged.map(({ member }) => member.name),
    constants,
    apply(pixels, given) {
      const normalised = normalise(pixels, model.preprocessing);
      const shared = trunkPart ? run(trunkPart, normalised, given) : normalised;
      const members = parts.map((part) => tf.softmax(run(part, shared, given)));
      const shares = members.map((probabilities, index) => tf.mul(probabilities, averaged[index]!.share));
      return { members, ensemble: shares.length === 1 ? members[0]! : tf.addN(shares) };
    },
    dispose: () => tf.dispose(Object.values(constants)),
  };
}

/** What a member's own file computes: its whole network, or the part behind the shared trunk. */
export function memberSpec(model: EnsembleModel, own?: NetSpec): NetSpec {
  const spec = own ?? model.spec;
  return model.trunk ? subNet(spec, model.trunk.to, spec.head) : spec;
}

function run({ spec, prefix, names }: Part, input: Tensor, constants: Record<string, Tensor>): Tensor {
  const params = Object.fromEntries(names.map((name) => [name, constants[prefix + name]!]));
  return forward(spec, params, input).output;
}
