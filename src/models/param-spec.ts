/** Parameters and statistics of a network: names and shapes are torch's. */

/** What a parameter starts as where no weights are given; nn/init.ts draws it. */
type ParamInit =
  /** A convolution's filters. `groups`: so many of them share no input channel, which their fan-out counts. */
  | { readonly kind: 'convolution'; readonly groups: number }
  | { readonly kind: 'linear' }
  | { readonly kind: 'constant'; readonly value: number }
  /** Normal around 0, for tables of tokens and positions. */
  | { readonly kind: 'normal'; readonly deviation: number };

export interface ParamSpec {
  readonly name: string;
  /** torch's: convolution [out, in / groups, kh, kw], linear [out, in], a scalar []. */
  readonly shape: readonly number[];
  /** Axis i of the runtime's tensor is torch's axis `axes[i]`. */
  readonly axes: readonly number[];
  /** torch's axis that counts its layer's output channels; null: none does. */
  readonly outAxis: number | null;
  /** The same for input channels. */
  readonly inAxis: number | null;
  readonly init: ParamInit;
  /** True: the optimizer moves it; false: a statistic or a constant. */
  readonly trains: boolean;
  /** True: weight decay acts on it; never on biases, normalisation scales and shifts. */
  readonly decays: boolean;
}

/**
 * Filters of a convolution: [out, in / groups, kh, kw]. The runtime has [kh, kw, in / groups, out], but [kh, kw, channels, 1] where every
 * channel has one filter of its own (TensorFlow's depthwise convolution).
 */
export function convolutionWeight(name: string, shape: readonly number[], groups: number): ParamSpec {
  const depthwise = isDepthwise(shape, groups);
  return {
    name,
    shape,
    axes: depthwise ? [2, 3, 0, 1] : [2, 3, 1, 0],
    outAxis: 0,
    inAxis: depthwise ? null : 1,
    init: { kind: 'convolution', groups },
    trains: true,
    decays: true,
  };
}

/** One filter a channel. @param shape torch's */
function isDepthwise(shape: readonly number[], groups: number): boolean {
  return groups > 1 && shape[0] === groups && shape[1] === 1;
}

/** [out, in] in torch, [in, out] in the runtime. */
export function linearWeight(name: string, out: number, inputs: number): ParamSpec {
  return {
    name,
    shape: [out, inputs],
    axes: [1, 0],
    outAxis: 0,
    inAxis: 1,
    init: { kind: 'linear' },
    trains: true,
    decays: true,
  };
}

/** One number a channel, the same in both layouts. */
function perChannel(name: string, channels: number, value: number, trains: boolean): ParamSpec {
  return {
    name,
    shape: [channels],
    axes: [0],
    outAxis: 0,
    inAxis: null,
    init: { kind: 'constant', value },
    trains,
    decays: false,
  };
}

export const biasParam = (name: string, channels: number): ParamSpec => perChannel(name, channels, 0, true);
export const normScale = (name: string, channels: number): ParamSpec => perChannel(name, channels, 1, true);
export const normShift = (name: string, channels: number): ParamSpec => perChannel(name, channels, 0, true);
export const runningMean = (name: string, channels: number): ParamSpec => perChannel(name, channels, 0, false);
export const runningVariance = (name: string, channels: number): ParamSpec => perChannel(name, channels, 1, false);
