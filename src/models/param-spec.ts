import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { countSchema as count, nameSchema as name, sizeSchema as size } from './op-definition.ts';

/** What a parameter starts as where no weights are given; nn/init.ts draws it. */
const initSchema = v.variant('kind', [
  /** A convolution's filters. `groups`: so many of them share no input channel, which their fan-out counts. */
  v.object({ kind: v.literal('convolution'), groups: size }),
  v.object({ kind: v.literal('linear') }),
  v.object({ kind: v.literal('constant'), value: v.number() }),
  /** Normal around 0, for tables of tokens and positions. */
  v.object({ kind: v.literal('normal'), deviation: v.number() }),
]);

const axis = v.nullable(v.pipe(count, v.maxValue(7)));

/** A parameter or statistic of a network: name and shape are torch's. */
export const paramSchema = v.pipe(
  v.object({
    name,
    /** Convolution [out, in / groups, kh, kw], linear [out, in], a scalar []. */
    shape: v.pipe(v.array(count), v.maxLength(8)),
    /** Axis i of the runtime's tensor is torch's axis `axes[i]`. */
    axes: v.array(count),
    /** torch's axis that counts its layer's output channels; null: none does. */
    outAxis: axis,
    /** The same for input channels. */
    inAxis: axis,
    init: initSchema,
    /** True: the optimizer moves it; false: a statistic or a constant. */
    trains: v.boolean(),
    /** True: weight decay acts on it; never on biases, normalisation scales and shifts. */
    decays: v.boolean(),
  }),
  v.check(
    ({ shape, axes }) => shape.length === axes.length && shape.every((_, i) => axes.includes(i)),
    'axes must name every axis of the shape once',
  ),
);
export type ParamSpec = Immutable<v.InferOutput<typeof paramSchema>>;

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
