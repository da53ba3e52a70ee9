import { AnnealError } from '../base/errors.ts';
import type { Graph, GraphAttr, GraphNode } from '../graph/graph.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { trace, type TensorRecord } from '../tensor/trace.ts';

/**
 * Traces `fn` for any number of pictures: once with two and once with three, and nothing but the placeholder may differ between the
 * records, so that no size is frozen in. `shape`: float32 [n, …shape] is what `fn` takes as `pixels`; outputs begin with n.
 * Throws `export.batchFrozen`. Native back end only.
 */
export function traceAnyBatch(
  shape: readonly number[],
  constants: TensorRecord,
  fn: (pixels: Tensor, constants: Record<string, Tensor>) => TensorRecord,
): Graph {
  const traceWith = (batch: number): Graph => {
    const pixels = tf.zeros([batch, ...shape]);
    try {
      return trace({ pixels }, constants, (inputs, given) => fn(inputs['pixels']!, { ...given }));
    } finally {
      pixels.dispose();
    }
  };
  const two = traceWith(2);
  const three = traceWith(3);
  const input = two.inputs[0]!;
  const any: GraphAttr = { kind: 'shape', value: [-1, ...shape] };
  const nodes = two.nodes.map((node, index): GraphNode => {
    if (node.op === 'Placeholder') return { ...node, attrs: { ...node.attrs, shape: any } };
    const other = three.nodes[index];
    if (!other || !sameNode(node, other))
      throw new AnnealError('export.batchFrozen', { node: node.name }, { kind: 'failure' });
    return node;
  });
  return {
    nodes,
    inputs: [{ ...input, shape: [-1, ...shape] }],
    outputs: two.outputs.map((port) => ({ ...port, shape: [-1, ...port.shape.slice(1)] })),
  };
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
  if (a.kind === 'tensor' && b?.kind === 'tensor') {
    return (
      a.value.dtype === b.value.dtype &&
      a.value.shape.join() === b.value.shape.join() &&
      Buffer.compare(a.value.content, b.value.content) === 0
    );
  }
  return JSON.stringify(a) === JSON.stringify(b);
}
