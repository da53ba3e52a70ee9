import { AnnealError } from '../base/errors.ts';
import type { Graph, GraphAttr, GraphNode, GraphPort, GraphTensor } from './graph.ts';

/**
 * One graph for any number of pictures from two records of the same function, made with two and with three pictures. Only what follows
 * the batch by its meaning may differ: the first dimension of placeholders, and one entry, 2 against 3, of a size that Slice or Reshape
 * reads, where −1 stands for "the rest". Throws `tensor.batchFrozen` on anything else.
 */
export function anyBatchGraph(two: Graph, three: Graph): Graph {
  const frozen = (node: string) => new AnnealError('tensor.batchFrozen', { node }, { kind: 'failure' });
  if (two.nodes.length !== three.nodes.length) throw frozen('the number of layers');
  const nodes = two.nodes.map((node, index): GraphNode => {
    const other = three.nodes[index]!;
    if (sameNode(node, other)) return node;
    const free = node.op === 'Placeholder' ? freePlaceholder(node) : freeSize(node, other, two);
    if (!free) throw frozen(node.name);
    return free;
  });
  const free = (port: GraphPort, index: number, others: readonly GraphPort[]): GraphPort => {
    const differs = port.shape[0] === 2 && others[index]?.shape[0] === 3;
    return differs ? { ...port, shape: [-1, ...port.shape.slice(1)] } : port;
  };
  return {
    nodes,
    inputs: two.inputs.map((port, index) => free(port, index, three.inputs)),
    outputs: two.outputs.map((port, index) => free(port, index, three.outputs)),
  };
}

function freePlaceholder(node: GraphNode): GraphNode | null {
  const shape = node.attrs['shape'];
  if (shape?.kind !== 'shape' || !shape.value) return null;
  return { ...node, attrs: { ...node.attrs, shape: { kind: 'shape', value: [-1, ...shape.value.slice(1)] } } };
}

/** Which input of an op is a size in which −1 means "the rest". */
const sizeInput: Readonly<Record<string, number>> = { Slice: 2, Reshape: 1 };

function freeSize(node: GraphNode, other: GraphNode, graph: Graph): GraphNode | null {
  const [a, b] = [node.attrs['value'], other.attrs['value']];
  if (node.op !== 'Const' || a?.kind !== 'tensor' || b?.kind !== 'tensor' || a.value.dtype !== 'int32') return null;
  const readers = graph.nodes.filter(({ inputs }) => inputs.includes(`${node.name}:0`));
  const onlyAsSize = readers.every(({ op, inputs }) => inputs.indexOf(`${node.name}:0`) === sizeInput[op]);
  const [x, y] = [integers(a.value), integers(b.value)];
  const differing = [...x.keys()].filter((i) => x[i] !== y[i]);
  const at = differing[0];
  if (!onlyAsSize || x.length !== y.length || differing.length !== 1 || at === undefined || x[at] !== 2 || y[at] !== 3)
    return null;
  x[at] = -1;
  const value: GraphTensor = { ...a.value, content: new Uint8Array(x.buffer) };
  return { ...node, attrs: { ...node.attrs, value: { kind: 'tensor', value } } };
}

const integers = ({ content }: GraphTensor): Int32Array => new Int32Array(content.slice().buffer);

function sameNode(a: GraphNode, b: GraphNode): boolean {
  const names = Object.keys(a.attrs);
  return (
    a.name === b.name &&
    a.op === b.op &&
    a.inputs.join() === b.inputs.join() &&
    names.length === Object.keys(b.attrs).length &&
    names.every((name) => sameAttr(a.attrs[name]!, b.attrs[name]))
  );
}

function sameAttr(a: GraphAttr, b: GraphAttr | undefined): boolean {
  if (a.kind !== 'tensor' || b?.kind !== 'tensor') return JSON.stringify(a) === JSON.stringify(b);
  const [x, y] = [a.value, b.value];
  return x.dtype === y.dtype && x.shape.join() === y.shape.join() && sameBytes(x.content, y.content);
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
