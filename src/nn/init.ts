import { randomStream, type RandomStream } from '../base/random.ts';
import type { NetSpec, ParamSpec } from '../models/net-spec.ts';
import { groupOfParam } from '../models/spec-queries.ts';
import type { Tensor } from '../tensor/tf.ts';
import { toRuntimeLayout } from './layout.ts';

export interface InitOptions {
  /** Which parameters to make. Default: all. */
  readonly only?: (param: ParamSpec, group: number) => boolean;
  /**
   * Starting bias of the head, one number a class: logarithms of the classes' shares, so that the first predictions
   * are those shares. Default: zeros.
   */
  readonly headBias?: ArrayLike<number>;
}

/**
 * Random starting values in the runtime's layout, by name; the caller disposes them. Every parameter draws from a
 * stream of its own name, so a changed head leaves the other layers' values as they are.
 * - convolutions: normal, variance 2 / fan-out (He et al. 2015, arXiv 1502.01852, eq. 14), as torchvision's ResNets;
 *   fan-out of a depthwise filter counts its one output channel, as in timm's and TensorFlow's EfficientNet;
 * - linear layers: uniform in ±1/√fan-in, torch.nn.Linear's default;
 * - norms: scale 1, shift 0, running mean 0, running variance 1; biases 0.
 */
export function initialise(spec: NetSpec, seed: number, options: InitOptions = {}): Record<string, Tensor> {
  const groups = groupOfParam(spec);
  const head = spec.groups.length - 1;
  const wanted = spec.params.filter((param) => options.only?.(param, groups.get(param.name)!) ?? true);
  return Object.fromEntries(
    wanted.map((param) => {
      const isHeadBias = param.role === 'bias' && groups.get(param.name) === head;
      const values =
        isHeadBias && options.headBias
          ? Float32Array.from(options.headBias)
          : startingValues(param, randomStream(seed, 'init', param.name));
      return [param.name, toRuntimeLayout(param, values)];
    }),
  );
}

/** torch's order, as long as the shape says. */
export function startingValues(param: ParamSpec, random: RandomStream): Float32Array {
  const { role, shape } = param;
  const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
  switch (role) {
    case 'convWeight':
    case 'depthwiseWeight': {
      const fanOut = (role === 'depthwiseWeight' ? 1 : shape[0]!) * shape[2]! * shape[3]!;
      return values.map(() => random.normal() * Math.sqrt(2 / fanOut));
    }
    case 'linearWeight': {
      const bound = 1 / Math.sqrt(shape[1]!);
      return values.map(() => random.between(-bound, bound));
    }
    case 'normScale':
    case 'runningVariance':
      return values.fill(1);
    case 'bias':
    case 'normShift':
    case 'runningMean':
    case 'batchCount':
      return values;
  }
}
