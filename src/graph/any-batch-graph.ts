import { AnnealError } from '../base/errors.ts';
import { batchNode, integers, intConstant, sizeFromBatch, type SizeEntry } from './batch-size.ts';
import type { Graph, GraphAttr, GraphNode, GraphPort, TracedGraph } from './graph.ts';

/**
 * One graph for any number of pictures from two records of the same function, made with two and with three pictures. What may differ is
 * the first dimension of placeholders and integers that are a multiple of the batch: 2k against 3k for a whole k. Those become −1 where a
 * reader takes that as the one size that follows from the others, else they are computed from the shape of the first placeholder.
 * Throws `tensor.batchFrozen` on anything else.
 */
export function anyBatchGraph(two: TracedGraph, three: TracedGraph): Graph {
  const frozen = (node: string) => new AnnealError('tensor.batchFrozen', { node }, { kind: 'failure' });
  if (two.nodes.length !== three.nodes.length) throw frozen('the number of layers');
  const nodes: GraphNode[] = [];
  const batch = two.inputs.find((port, index) => followsBatch(port.shape[0], three.inputs[index]!.shape[0]));
  let hasBatch = false;
  two.nodes.forEach((node, index) => {
    const other = three.nodes[index]!;
    if (sameNode(node, other)) return nodes.push(node);
    const placeholder = freePlaceholder(node, other);
    if (placeholder) return nodes.push(placeholder);
    const entries = sizeEntries(node, other);
    if (!entries || !batch) throw frozen(node.name);
    if (restFits(node, entries, two))
      return nodes.push(
        intConstant(
          node,
          entries.map(({ free, value }) => (free ? -1 : value)),
        ),
      );
    if (!hasBatch) nodes.push(...batchNode(batch));
    hasBatch = true;
    return nodes.push(...sizeFromBatch(node, entries));
  });
  const free = (port: GraphPort, withThree: GraphPort): GraphPort => ({
    ...port,
    shape: port.shape.map((size, axis) => (followsBatch(size, withThree.shape[axis]) ? -1 : size)),
  });
  return {
    nodes,
    inputs: two.inputs.map((port, index) => free(port, three.inputs[index]!)),
    outputs: two.outputs.map((port, index) => free(port, three.outputs[index]!)),
  };
}

/** Two pictures gave `two`, three gave `three`: a whole multiple of the batch. */
function followsBatch(two: number | undefined, three: number | undefined): boolean {
  return two !== undefined && two !== three && two % 2 === 0 && three === (two / 2) * 3;
}

function freePlaceholder(node: GraphNode, other: GraphNode): GraphNode | null {
  const [shape, otherShape] = [node.attrs['shape'], other.attrs['shape']];
  if (node.op !== 'Placeholder' || shape?.kind !== 'shape' || otherShape?.kind !== 'shape') return null;
  const [sizes, otherSizes] = [shape.value ?? [], otherShape.value ?? []];
  if (sizes.length !== otherSizes.length) return null;
  const value = sizes.map((size, axis) => (followsBatch(size, otherSizes[axis]) ? -1 : size));
  if (value.some((size, axis) => size !== -1 && size !== otherSizes[axis])) return null;
  return { ...node, attrs: { ...node.attrs, shape: { kind: 'shape', value } } };
}

/** The entries of an integer constant, where all that differ follow the batch; else null. */
function sizeEntries(node: GraphNode, other: GraphNode): SizeEntry[] | null {
  const [x, y] = [integers(node), integers(other)];
  if (!x || x.length !== y?.length) return null;
  const entries = Array.from(x, (value, i): SizeEntry => ({ value, free: followsBatch(value, y[i]) }));
  return entries.every(({ free, value }, i) => free || value === y[i]) ? entries : null;
}

/** Whether −1 in place of the only free entry means the same to every reader, whatever the batch. */
function restFits(node: GraphNode, entries: readonly SizeEntry[], graph: TracedGraph): boolean {
  const place = entries.findIndex(({ free }) => free);
  if (entries.filter(({ free }) => free).length !== 1 || entries.some(({ value }) => value < 0)) return false;
  const ref = `${node.name}:0`;
  const readers = graph.nodes.filter(({ inputs }) => inputs.includes(ref));
  return readers.every((reader) => {
    if (reader.inputs.filter((input) => input === ref).length !== 1) return false;
    if (reader.op === 'Reshape') return reader.inputs[1] === ref;
    if (reader.op !== 'Slice' || reader.inputs[2] !== ref) return false;
    // A slice takes −1 for "up to the end".
    const begin = graph.nodes.find(({ name }) => `${name}:0` === reader.inputs[1]);
    const start = begin && integers(begin)?.[place];
    return start !== undefined && start + entries[place]!.value === graph.shapes.get(reader.inputs[0]!)?.[place];
  });
}

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
