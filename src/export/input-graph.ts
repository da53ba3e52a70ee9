import { centreCropOffset } from '../augment/centre-crop.ts';
import { decodeTarget } from '../data/decode-picture.ts';
import {
  constant,
  placeholder,
  type Graph,
  type GraphAttr,
  type GraphDType,
  type GraphNode,
  type GraphPort,
} from '../graph/graph.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';

/** The part of an exported graph before the network: from uint8 pictures to float32 [n, size, size, 3], 0..255. */
export interface InputGraph {
  readonly nodes: readonly GraphNode[];
  readonly input: GraphPort;
  /** `node:output` of the pixels. */
  readonly pixels: string;
}

const type = (value: GraphDType): GraphAttr => ({ kind: 'type', value });
const ints = (name: string, values: readonly number[], scalar = false): GraphNode =>
  constant(name, {
    dtype: 'int32',
    shape: scalar ? [] : [values.length],
    content: new Uint8Array(Int32Array.from(values).buffer),
  });
const floats = (name: string, value: number): GraphNode =>
  constant(name, { dtype: 'float32', shape: [], content: new Uint8Array(Float32Array.of(value).buffer) });

const images = (shape: readonly number[]): { node: GraphNode; port: GraphPort } => ({
  node: placeholder('images', 'uint8', shape),
  port: { name: 'images', ref: 'images:0', dtype: 'uint8', shape },
});

const toFloat = (name: string, input: string, from: GraphDType): GraphNode => ({
  name,
  op: 'Cast',
  inputs: [input],
  attrs: { SrcT: type(from), DstT: type('float32'), Truncate: { kind: 'bool', value: false } },
});

/** Pictures that have the network's size already: uint8 [n, size, size, 3]. */
export function fixedSizeInput(preprocessing: Preprocessing): InputGraph {
  const { inputSize } = preprocessing;
  const { node, port } = images([-1, inputSize, inputSize, 3]);
  return { nodes: [node, toFloat('pixels', 'images:0', 'uint8')], input: port, pixels: 'pixels:0' };
}

/**
 * Pictures of any size, one size a call: uint8 [n, H, W, 3]. Resized with antialiasing and cropped as resizeDefinition says: the shorter
 * side to `side`, the longer one to floor(side · long / short), the central square at offsets rounded half to even (which TensorFlow's Round
 * does), values rounded back to 8 bits.
 */
export function anySizeInput(preprocessing: Preprocessing): InputGraph {
  const { inputSize, interpolation } = preprocessing;
  const { side } = decodeTarget(preprocessing);
  const kernel = interpolation === 'bicubic' ? 'keyscubic' : 'triangle';
  const { node, port } = images([-1, -1, -1, 3]);
  const nodes: GraphNode[] = [node];
  const op = (name: string, kind: string, inputs: readonly string[], attrs: Record<string, GraphAttr>): string => {
    nodes.push({ name: `resize/${name}`, op: kind, inputs, attrs });
    return `resize/${name}:0`;
  };
  const give = (made: GraphNode): string => {
    nodes.push(made);
    return `${made.name}:0`;
  };
  const T = (value: GraphDType) => ({ T: type(value) });

  const shape = op('shape', 'Shape', ['images:0'], { ...T('uint8'), out_type: type('int32') });
  const slice = { ...T('int32'), Index: type('int32') };
  const lengths = op(
    'lengths',
    'Slice',
    [shape, give(ints('resize/second', [1])), give(ints('resize/two', [2]))],
    slice,
  );
  const minimum = { ...T('int32'), Tidx: type('int32'), keep_dims: { kind: 'bool', value: false } } as const;
  const short = op('short', 'Min', [lengths, give(ints('resize/axis', [0]))], minimum);
  const scaled = op('scaled', 'Mul', [lengths, give(ints('resize/side', [side], true))], T('int32'));
  // For the shorter side this is `side` exactly.
  const resized = op('resized', 'FloorDiv', [scaled, short], T('int32'));

  const resizedFloat = give(toFloat('resize/resizedFloat', resized, 'int32'));
  const scale = op(
    'scale',
    'RealDiv',
    [resizedFloat, give(toFloat('resize/lengthsFloat', lengths, 'int32'))],
    T('float32'),
  );
  const margin = op('margin', 'Sub', [resizedFloat, give(floats('resize/sideFloat', side))], T('float32'));
  const half = op('half', 'Mul', [margin, give(floats('resize/oneHalf', 0.5))], T('float32'));
  const start = op('start', 'Round', [half], T('float32'));
  const offset = op(
    'offset',
    'Add',
    [start, give(floats('resize/inner', centreCropOffset(side, inputSize)))],
    T('float32'),
  );
  const translation = op('translation', 'Neg', [offset], T('float32'));

  const float = give(toFloat('resize/float', 'images:0', 'uint8'));
  const size = give(ints('resize/size', [inputSize, inputSize]));
  const sampled = op('sampled', 'ScaleAndTranslate', [float, size, scale, translation], {
    ...T('float32'),
    kernel_type: { kind: 'string', value: kernel },
    antialias: { kind: 'bool', value: true },
  });
  const whole = op('whole', 'Round', [sampled], T('float32'));
  const atLeast = op('atLeast', 'Maximum', [whole, give(floats('resize/black', 0))], T('float32'));
  const pixels = op('pixels', 'Minimum', [atLeast, give(floats('resize/white', 255))], T('float32'));
  return { nodes, input: port, pixels };
}

/** Puts `front` before a graph whose only input is float32 pixels; the graph's outputs stay. Node names of `front` must be free there. */
export function withInput(front: InputGraph, network: Graph): Graph {
  const old = network.inputs[0]!.ref.slice(0, network.inputs[0]!.ref.lastIndexOf(':'));
  const taken = new Set(network.nodes.map(({ name }) => name));
  const clash = front.nodes.find(({ name }) => taken.has(name));
  if (network.inputs.length !== 1 || clash)
    throw new Error(`cannot put an input before this graph: ${clash?.name ?? `${network.inputs.length} inputs`}`);
  const rest = network.nodes.map((node): GraphNode =>
    node.name === old ? { name: old, op: 'Identity', inputs: [front.pixels], attrs: { T: type('float32') } } : node,
  );
  return { nodes: [...front.nodes, ...rest], inputs: [front.input], outputs: network.outputs };
}
