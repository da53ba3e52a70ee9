import { beforeAll, describe, expect, it } from 'vitest';
import { anyBatchGraph } from '../../src/graph/any-batch-graph.ts';
import { constant, placeholder, type GraphNode, type TracedGraph } from '../../src/graph/graph.ts';
import { compile } from '../../src/tensor/compile.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor, type Tensor2D } from '../../src/tensor/tf.ts';

const ints = (name: string, values: number[]) =>
  constant(name, { dtype: 'int32', shape: [values.length], content: new Uint8Array(Int32Array.from(values).buffer) });
const floats = (name: string, values: number[]) =>
  constant(name, {
    dtype: 'float32',
    shape: [values.length],
    content: new Uint8Array(Float32Array.from(values).buffer),
  });

/** pixels → `op`(pixels, begin or nothing, sizes), recorded with `batch` pictures of `width` numbers. */
function record(batch: number, sizes: GraphNode, op: string, width = 4): TracedGraph {
  const port = (name: string) => ({ name, ref: `${name}:0`, dtype: 'float32', shape: [batch, width] }) as const;
  const inputs = op === 'Slice' ? ['pixels:0', 'begin:0', 'sizes:0'] : ['pixels:0', 'sizes:0'];
  return {
    nodes: [
      placeholder('pixels', 'float32', [batch, width]),
      ints('begin', [0, 1]),
      sizes,
      { name: 'out', op, inputs, attrs: {} },
    ],
    inputs: [port('pixels')],
    outputs: [port('out')],
    shapes: new Map([['pixels:0', [batch, width]]]),
  };
}

const byName = (nodes: readonly GraphNode[], name: string) => nodes.find((node) => node.name === name);

describe('anyBatchGraph', () => {
  it('frees placeholders, ports and the size that Reshape reads', () => {
    const merged = anyBatchGraph(
      record(2, ints('sizes', [2, 2, 2]), 'Reshape'),
      record(3, ints('sizes', [3, 2, 2]), 'Reshape'),
    );
    expect(merged.nodes[0]!.attrs['shape']).toEqual({ kind: 'shape', value: [-1, 4] });
    expect(byName(merged.nodes, 'sizes')).toEqual(ints('sizes', [-1, 2, 2]));
    expect([merged.inputs[0]!.shape, merged.outputs[0]!.shape]).toEqual([
      [-1, 4],
      [-1, 4],
    ]);
  });

  it('frees a multiple of the batch in the same way', () => {
    const merged = anyBatchGraph(
      record(2, ints('sizes', [8, 1]), 'Reshape'),
      record(3, ints('sizes', [12, 1]), 'Reshape'),
    );
    expect(byName(merged.nodes, 'sizes')).toEqual(ints('sizes', [-1, 1]));
  });

  it('takes a slice to its end by −1 only where it goes to the end', () => {
    const whole = anyBatchGraph(record(2, ints('sizes', [2, 3]), 'Slice'), record(3, ints('sizes', [3, 3]), 'Slice'));
    expect(byName(whole.nodes, 'sizes')).toEqual(ints('sizes', [-1, 3]));
    // Twice as many rows as the size takes.
    const longer = (graph: TracedGraph): TracedGraph => ({
      ...graph,
      shapes: new Map([
        ['pixels:0', graph.shapes.get('pixels:0')!.map((size, axis) => (axis === 0 ? 2 * size : size))],
      ]),
    });
    const part = anyBatchGraph(
      longer(record(2, ints('sizes', [2, 3]), 'Slice')),
      longer(record(3, ints('sizes', [3, 3]), 'Slice')),
    );
    expect(byName(part.nodes, 'sizes')!.op).toBe('Reshape');
  });

  it.each([
    ['numbers that are no integers', floats('sizes', [2]), floats('sizes', [3]), 'Mul'],
    ['an integer that is no multiple of the batch', ints('sizes', [5]), ints('sizes', [7]), 'Reshape'],
    ['a list whose length differs', ints('sizes', [2, 2]), ints('sizes', [3, 3, 3]), 'Reshape'],
    ['an input that is no picture', ints('sizes', [2, 2]), ints('sizes', [2, 2]), 'Reshape', 5],
  ])('refuses %s', (_, two, three, op, width = 4) => {
    expect(() => anyBatchGraph(record(2, two, op), record(3, three, op, width))).toThrow('tensor.batchFrozen');
  });
});

describe('a function compiled for any number of rows', () => {
  beforeAll(async () => {
    await loadRuntime();
  });

  const cases: readonly (readonly [string, (x: Tensor) => Tensor])[] = [
    ['folds a group axis into the batch and out of it', (x) => inGroups(x, 2)],
    [
      'has the batch twice in one shape',
      (x) => tf.reshape(tf.matMul(flat(x), flat(x), false, true), [x.shape[0]!, 1, x.shape[0]!]),
    ],
    [
      'repeats a vector as often as there are rows',
      (x) => tf.add(x, tf.tile(tf.ones([1, 4, 3, 6]), [x.shape[0]!, 1, 1, 1])),
    ],
    [
      'takes the first rows of twice as many',
      (x) => tf.slice(tf.concat([x, x], 0), [0, 1, 0, 0], [x.shape[0]!, 2, 3, 6]),
    ],
    ['flattens', (x) => flat(x)],
  ];

  it.each(cases)('%s', (_, fn) => {
    const example = tf.zeros([1, 4, 3, 6]);
    const compiled = compile({
      name: 'any batch',
      inputs: { x: example },
      batched: ['x'],
      fn: ({ x }) => ({ y: fn(x) }),
    });
    for (const rows of [1, 2, 3, 5]) {
      tf.tidy(() => {
        const x = tf.randomNormal([rows, 4, 3, 6], 0, 1, 'float32', rows);
        const expected = fn(x);
        const { y } = compiled.run({ x });
        expect(y.shape).toEqual(expected.shape);
        expect(y.dataSync()).toEqual(expected.dataSync());
      });
    }
    compiled.dispose();
    example.dispose();
  });

  it('refuses what cannot follow: a constant with a value for each row', () => {
    const x = tf.zeros([1, 4]);
    const fn = ({ x: rows }: { x: Tensor }) => ({
      y: tf.add(rows, tf.tensor2d(new Float32Array(rows.shape[0]!), [rows.shape[0]!, 1])),
    });
    expect(() => compile({ name: 'frozen', inputs: { x }, batched: ['x'], fn })).toThrow('tensor.batchFrozen');
    x.dispose();
  });
});

const flat = (x: Tensor): Tensor2D => tf.reshape(x, [x.shape[0]!, 72]);

/** A grouped convolution with the groups in the batch: [B, 4, 3, 6] → [B·g, 4, 3, 6 / g] → … → [B, 4, 3, 6]. */
function inGroups(x: Tensor, groups: number): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const parts = tf.transpose(tf.reshape(x, [batch, height, width, groups, channels / groups]), [0, 3, 1, 2, 4]);
  const inBatch = tf.reshape(parts, [batch * groups, height, width, channels / groups]);
  const pooled = tf.relu(inBatch);
  return tf.reshape(pooled, [batch, groups, height, width, channels / groups]);
}
