import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import type { ChannelLinks, Channels } from './channel-links.ts';

/** Of one picture: [height, width, channels] of a map, [tokens, channels] of a sequence, [channels] of a vector. */
export type OutputShape =
  | readonly [height: number, width: number, channels: number]
  | readonly [tokens: number, channels: number]
  | readonly [channels: number];

interface NodeBase {
  /** torch's module path where there is one ('features.0.0'), else a name of ours ('features.3.add'). */
  readonly name: string;
  readonly inputs: readonly string[];
}

/** torch's shape of a parameter, by its name. */
export type ParamShapes = (name: string) => readonly number[];

/** Shapes around one node. */
interface NodeShapes {
  readonly inputs: readonly OutputShape[];
  readonly output: OutputShape;
  readonly param: ParamShapes;
}

/** A layer whose output is linear in its weight, channel by channel; so a scale and a shift behind it can go into it. */
interface AffineLayer<N> {
  readonly weight: string;
  readonly bias: string | null;
  /** The same layer with that bias. */
  withBias(bias: string): N;
}

/** A normalisation that is a scale and a shift once its statistics are frozen. */
export interface FrozenNorm {
  readonly scale: string;
  readonly shift: string;
  readonly runningMean: string;
  readonly runningVariance: string;
  readonly epsilon: number;
}

/** The fields of a node that may name a parameter. */
type FieldOf<N> = { [K in keyof N & string]: N[K] extends string | null ? K : never }[keyof N & string];

/**
 * All that is to be known of one kind of node without computing it; nn/ops/ has a file of the same name that computes it.
 * A new kind is one file in each of the two folders, and a line in each of their indexes.
 */
export interface OpDefinition<N extends NodeBase & { readonly op: string }> {
  readonly op: N['op'];
  /** As stored in models and bundles. */
  readonly schema: v.GenericSchema<unknown, N>;
  /** Fields that name the parameters and statistics it reads, in torch's order; null in one of them: it has none. */
  readonly params: readonly FieldOf<N>[];
  shape(node: N, inputs: readonly OutputShape[], param: ParamShapes): OutputShape;
  /** For one picture, as papers count: convolutions and linear layers. */
  multiplyAdds(node: N, shapes: NodeShapes): number;
  /** The channels of its output, made of those of its inputs. Says which of them live and die together. */
  couplings(node: N, inputs: readonly Channels[], links: ChannelLinks, shapes: NodeShapes): Channels;
  /** Where there is one: its weight and bias, which a norm behind it can be folded into. */
  affine?(node: N): AffineLayer<N>;
  /** Where it is one. */
  norm?(node: N): FrozenNorm;
  /** True where training draws random numbers in it: what it puts out cannot be kept. */
  random?(node: N): boolean;
}

/** Fields of every node, for schemas. */
export const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
export const countSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
export const sizeSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(2 ** 24));
export const nodeFields = { name: nameSchema, inputs: v.array(nameSchema) };

/** The node that a schema describes. */
export type NodeFrom<Schema extends v.GenericSchema> = Immutable<v.InferOutput<Schema>>;

export interface PlainNode<O extends string> extends NodeBase {
  readonly op: O;
}

/** Of nodes without parameters whose output has the shape and the channels of their first input. */
export const plain = {
  params: [],
  shape: (_: unknown, [input]: readonly OutputShape[]) => input!,
  multiplyAdds: () => 0,
  couplings: (_: unknown, [input]: readonly Channels[]) => input!,
};

/** A function of each number by itself. */
export function elementwise<const O extends string>(op: O): OpDefinition<PlainNode<O>> {
  return {
    op,
    schema: v.object({ ...nodeFields, op: v.literal(op) }) as v.GenericSchema<unknown, PlainNode<O>>,
    ...plain,
  };
}
