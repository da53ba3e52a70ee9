import { randomStream, type RandomStream } from '../base/random.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { sizeOf } from '../base/size-of.ts';
import type { ParamSpec } from '../models/param-spec.ts';
import { groupOfParam } from '../models/spec-queries.ts';
import type { Tensor } from '../tensor/tf.ts';
import { toRuntimeLayout } from './layout.ts';

export interface InitOptions {
  /** Which parameters to make. Default: all. */
  readonly only?: (param: ParamSpec, group: number) => boolean;
}

/**
 * Random starting values in the runtime's layout, by name; the caller disposes them. Every parameter draws from a
 * stream of its own name, so a changed head leaves the other layers' values as they are.
 * - convolutions: normal, variance 2 / fan-out (He et al. 2015, arXiv 1502.01852, eq. 14), as torchvision's ResNets;
 *   fan-out counts the output channels of one group: one of a depthwise filter, as in timm's and TensorFlow's EfficientNet;
 * - linear layers: uniform in ±1/√fan-in, torch.nn.Linear's default;
 * - the others as their spec says: norms scale 1, shift 0, running mean 0, running variance 1; biases 0.
 */
export function initialise(spec: NetSpec, seed: number, options: InitOptions = {}): Record<string, Tensor> {
  const groups = groupOfParam(spec);
  const wanted = spec.params.filter((param) => options.only?.(param, groups.get(param.name)!) ?? true);
  return Object.fromEntries(
    wanted.map((param) => {
      const values = startingValues(param, randomStream(seed, 'init', param.name));
      return [param.name, toRuntimeLayout(param, values)];
    }),
  );
}

/** torch's order, as long as the shape says. */
function startingValues(param: ParamSpec, random: RandomStream): Float32Array {
  const { init, shape } = param;
  const values = new Float32Array(sizeOf(shape));
  switch (init.kind) {
    case 'convolution': {
      const fanOut = (shape[0]! / init.groups) * shape[2]! * shape[3]!;
      return values.map(() => random.normal() * Math.sqrt(2 / fanOut));
    }
    case 'linear': {
      const bound = 1 / Math.sqrt(shape[1]!);
      return values.map(() => random.between(-bound, bound));
    }
    case 'normal':
      return values.map(() => random.normal() * init.deviation);
    case 'constant':
      return values.fill(init.value);
  }
}
