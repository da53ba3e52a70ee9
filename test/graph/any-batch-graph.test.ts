import { describe, expect, it } from 'vitest';
import { anyBatchGraph } from '../../src/graph/any-batch-graph.ts';
import { constant, placeholder, type Graph, type GraphNode } from '../../src/graph/graph.ts';

const ints = (name: string, values: number[]) =>
  constant(name, { dtype: 'int32', shape: [values.length], content: new Uint8Array(Int32Array.from(values).buffer) });

/** pixels → `op`(pixels, sizes), recorded with `batch` pictures. */
function record(batch: number, sizes: GraphNode, op: string): Graph {
  const port = (name: string) => ({ name, ref: `${name}:0`, dtype: 'float32', shape: [batch, 4] }) as const;
  return {
    nodes: [
      placeholder('pixels', 'float32', [batch, 4]),
      sizes,
      { name: 'out', op, inputs: ['pixels:0', 'sizes:0'], attrs: {} },
    ],
    inputs: [port('pixels')],
    outputs: [port('out')],
  };
}

describe('anyBatchGraph', () => {
  it('frees placeholders, ports and the size that Reshape reads', () => {
    const merged = anyBatchGraph(
      record(2, ints('sizes', [2, 2, 2]), 'Reshape'),
      record(3, ints('sizes', [3, 2, 2]), 'Reshape'),
    );
    expect(merged.nodes[0]!.attrs['shape']).toEqual({ kind: 'shape', value: [-1, 4] });
    expect(merged.nodes[1]).toEqual(ints('sizes', [-1, 2, 2]));
    expect([merged.inputs[0]!.shape, merged.outputs[0]!.shape]).toEqual([
      [-1, 4],
      [-1, 4],
    ]);
  });

  it.each([
    ['a number that an op computes with', ints('sizes', [2]), ints('sizes', [3]), 'Mul'],
    ['two sizes at once', ints('sizes', [2, 2]), ints('sizes', [3, 3]), 'Reshape'],
    ['a product with the batch', ints('sizes', [8]), ints('sizes', [12]), 'Reshape'],
  ])('refuses %s', (_, two, three, op) => {
    expect(() => anyBatchGraph(record(2, two, op), record(3, three, op))).toThrow('tensor.batchFrozen');
  });
});
