import type { Graph, GraphAttr, GraphNode, GraphPort } from './graph.ts';
import { dtypeName, dtypeNumbers } from './graph.ts';
import type { ProtoAttr, ProtoNode, ProtoShape, ProtoTensorInfo } from './proto.ts';
import { decodeSavedModel, encodeSavedModel } from './proto.ts';

/** Version of the op set that our graphs are written against (TensorFlow 2.11); every later release still reads it. */
const producer = 1286;

const utf8 = {
  encode: (text: string) => new TextEncoder().encode(text),
  decode: (bytes: Uint8Array) => new TextDecoder().decode(bytes),
};

/**
 * The files of a TensorFlow SavedModel (one MetaGraph, tag `serve`, constants inline, no variables), by path inside its folder.
 * The graph's inputs and outputs are the keys of its signature `serving_default`.
 */
export function writeSavedModel(graph: Graph, signature = 'serving_default'): Map<string, Uint8Array> {
  const info = (ports: readonly GraphPort[]): Record<string, ProtoTensorInfo> =>
    Object.fromEntries(
      ports.map((port) => [
        port.name,
        { name: port.ref, dtype: dtypeNumbers[port.dtype], tensor_shape: toShape(port.shape) },
      ]),
    );
  const bytes = encodeSavedModel({
    saved_model_schema_version: 1,
    meta_graphs: [
      {
        meta_info_def: { tags: ['serve'], tensorflow_version: '2.11.0' },
        graph_def: { node: graph.nodes.map(toNode), versions: { producer } },
        signature_def: {
          [signature]: {
            inputs: info(graph.inputs),
            outputs: info(graph.outputs),
            method_name: 'tensorflow/serving/predict',
          },
        },
      },
    ],
  });
  return new Map([['saved_model.pb', bytes]]);
}

/** The graph of a SavedModel that writeSavedModel wrote. */
export function readSavedModel(files: ReadonlyMap<string, Uint8Array>, signature = 'serving_default'): Graph {
  const bytes = files.get('saved_model.pb');
  const meta = bytes && decodeSavedModel(bytes).meta_graphs[0];
  if (!meta) throw new Error('Expected saved_model.pb with one MetaGraph');
  const ports = (infos: Record<string, ProtoTensorInfo> | undefined): GraphPort[] =>
    Object.entries(infos ?? {}).map(([name, port]) => ({
      name,
      ref: port.name,
      dtype: dtypeName(port.dtype),
      shape: fromShape(port.tensor_shape) ?? [],
    }));
  const found = meta.signature_def[signature];
  return { nodes: meta.graph_def.node.map(fromNode), inputs: ports(found?.inputs), outputs: ports(found?.outputs) };
}

function toShape(shape: readonly number[] | null): ProtoShape {
  return shape === null ? { unknown_rank: true } : { dim: shape.map((size) => ({ size })) };
}

function fromShape(shape: ProtoShape): number[] | null {
  return shape.unknown_rank ? null : (shape.dim ?? []).map((dim) => dim.size ?? 0);
}

function toNode(node: GraphNode): ProtoNode {
  return {
    name: node.name,
    op: node.op,
    // TensorFlow writes the first output of a node by the node's name alone.
    input: node.inputs.map((ref) => (ref.endsWith(':0') ? ref.slice(0, -2) : ref)),
    attr: Object.fromEntries(Object.entries(node.attrs).map(([name, attr]) => [name, toAttr(attr)])),
  };
}

function fromNode(node: ProtoNode): GraphNode {
  return {
    name: node.name,
    op: node.op,
    inputs: (node.input ?? []).map((ref) => (ref.startsWith('^') || ref.includes(':') ? ref : `${ref}:0`)),
    attrs: Object.fromEntries(Object.entries(node.attr ?? {}).map(([name, attr]) => [name, fromAttr(attr)])),
  };
}

function toAttr(attr: GraphAttr): ProtoAttr {
  switch (attr.kind) {
    case 'string':
      return { s: utf8.encode(attr.value) };
    case 'bytes':
      return { s: attr.value };
    case 'int':
      return { i: attr.value };
    case 'float':
      return { f: attr.value };
    case 'bool':
      return { b: attr.value };
    case 'type':
      return { type: dtypeNumbers[attr.value] };
    case 'shape':
      return { shape: toShape(attr.value) };
    case 'tensor':
      return {
        tensor: {
          dtype: dtypeNumbers[attr.value.dtype],
          tensor_shape: toShape(attr.value.shape),
          tensor_content: attr.value.content,
        },
      };
    case 'ints':
      return { list: { i: [...attr.value] } };
    case 'floats':
      return { list: { f: [...attr.value] } };
    case 'bools':
      return { list: { b: [...attr.value] } };
    case 'strings':
      return { list: { s: attr.value.map(utf8.encode) } };
    case 'types':
      return { list: { type: attr.value.map((type) => dtypeNumbers[type]) } };
  }
}

function fromAttr(attr: ProtoAttr): GraphAttr {
  if (attr.s !== undefined) return { kind: 'string', value: utf8.decode(attr.s) };
  if (attr.i !== undefined) return { kind: 'int', value: attr.i };
  if (attr.f !== undefined) return { kind: 'float', value: attr.f };
  if (attr.b !== undefined) return { kind: 'bool', value: attr.b };
  if (attr.type !== undefined) return { kind: 'type', value: dtypeName(attr.type) };
  if (attr.shape) return { kind: 'shape', value: fromShape(attr.shape) };
  if (attr.tensor) {
    const { dtype, tensor_shape, tensor_content } = attr.tensor;
    // Under Node protobufjs gives Buffers.
    const { buffer, byteOffset, byteLength } = tensor_content;
    const content = new Uint8Array(buffer, byteOffset, byteLength);
    return {
      kind: 'tensor',
      value: { dtype: dtypeName(dtype), shape: fromShape(tensor_shape) ?? [], content },
    };
  }
  const list = attr.list ?? {};
  if (list.f?.length) return { kind: 'floats', value: list.f };
  if (list.b?.length) return { kind: 'bools', value: list.b };
  if (list.s?.length) return { kind: 'strings', value: list.s.map(utf8.decode) };
  if (list.type?.length) return { kind: 'types', value: list.type.map(dtypeName) };
  return { kind: 'ints', value: list.i ?? [] };
}
