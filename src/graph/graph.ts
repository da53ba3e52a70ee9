/**
 * A traced computation as plain data: TensorFlow's own op names, attributes and types, without TensorFlow.
 * The compiled step runs from it, the exporters write from it.
 */

/** TensorFlow's numbers for the element types that a graph may hold (types.proto). */
export const dtypeNumbers = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  resource: 20,
} as const;

export type GraphDType = keyof typeof dtypeNumbers;

const namesByNumber = new Map<number, GraphDType>(
  Object.entries(dtypeNumbers).map(([name, number]) => [number, name as GraphDType]),
);

/** The name of TensorFlow's type number; throws on one that no graph of ours holds. */
export function dtypeName(number: number): GraphDType {
  const name = namesByNumber.get(number);
  if (name === undefined)
    throw new RangeError(
      `Expected one of TensorFlow's types ${[...namesByNumber.keys()].join(', ')}, received ${number}`,
    );
  return name;
}

/** A constant: little-endian elements in row-major order. */
export interface GraphTensor {
  readonly dtype: GraphDType;
  readonly shape: readonly number[];
  readonly content: Uint8Array;
}

/** An attribute of a node. A dimension of −1 in a shape is unknown until the graph runs; a null shape has unknown rank. */
export type GraphAttr =
  | { readonly kind: 'string'; readonly value: string }
  /** Serialised messages inside an attribute. */
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'type'; readonly value: GraphDType }
  | { readonly kind: 'shape'; readonly value: readonly number[] | null }
  | { readonly kind: 'tensor'; readonly value: GraphTensor }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'bools'; readonly value: readonly boolean[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'types'; readonly value: readonly GraphDType[] };

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `node:output` for data, `^node` for "after". */
  readonly inputs: readonly string[];
  readonly attrs: Readonly<Record<string, GraphAttr>>;
}

/** A named input or output of the whole graph. */
export interface GraphPort {
  readonly name: string;
  /** `node:output`. */
  readonly ref: string;
  readonly dtype: GraphDType;
  /** −1: any size. */
  readonly shape: readonly number[];
}

export interface Graph {
  /** In an order in which every node follows what it reads. */
  readonly nodes: readonly GraphNode[];
  readonly inputs: readonly GraphPort[];
  readonly outputs: readonly GraphPort[];
}

/** A graph as it was recorded. */
export interface TracedGraph extends Graph {
  /** Of every tensor in it, by `node:output`. */
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}

export function placeholder(name: string, dtype: GraphDType, shape: readonly number[]): GraphNode {
  return {
    name,
    op: 'Placeholder',
    inputs: [],
    attrs: { dtype: { kind: 'type', value: dtype }, shape: { kind: 'shape', value: shape } },
  };
}

export function constant(name: string, tensor: GraphTensor): GraphNode {
  return {
    name,
    op: 'Const',
    inputs: [],
    attrs: { dtype: { kind: 'type', value: tensor.dtype }, value: { kind: 'tensor', value: tensor } },
  };
}

export function identity(name: string, dtype: GraphDType, inputs: readonly string[]): GraphNode {
  return { name, op: 'Identity', inputs, attrs: { T: { kind: 'type', value: dtype } } };
}
