/** Sizes that follow the number of pictures, as nodes of a graph. */
import { constant, type GraphAttr, type GraphNode, type GraphPort } from './graph.ts';

/** One number of a constant as the record of two pictures has it; `free`: it follows the batch. */
export interface SizeEntry {
  readonly value: number;
  readonly free: boolean;
}

const int32 = { kind: 'type', value: 'int32' } as const;
const intAttrs = { T: int32 };
const ints = (name: string, values: readonly number[], shape: readonly number[] = [values.length]): GraphNode =>
  constant(name, { dtype: 'int32', shape, content: new Uint8Array(Int32Array.from(values).buffer) });

/** What an integer constant holds; null for any other node. */
export function integers(node: GraphNode): Int32Array | null {
  const value = node.attrs['value'];
  if (node.op !== 'Const' || value?.kind !== 'tensor' || value.value.dtype !== 'int32') return null;
  return new Int32Array(value.value.content.slice().buffer);
}

/** The constant with other numbers. */
export function intConstant(node: GraphNode, values: readonly number[]): GraphNode {
  return ints(node.name, values, shapeOf(node));
}

/** A vector of one number, the size of the batch: `anyBatch/size:0`. */
export function batchNode(port: GraphPort): GraphNode[] {
  const [shape, begin, one] = ['shape', 'begin', 'one'].map((name) => `anyBatch/${name}`) as [string, string, string];
  const attrs = { T: { kind: 'type', value: port.dtype }, out_type: int32 } as const;
  return [
    { name: shape, op: 'Shape', inputs: [port.ref], attrs },
    ints(begin, [0]),
    ints(one, [1]),
    {
      name: 'anyBatch/size',
      op: 'Slice',
      inputs: [shape, begin, one].map(output),
      attrs: { ...intAttrs, Index: int32 },
    },
  ];
}

/** The constant `node` computed from the size of the batch: its free entries are as many for each picture as they are for one of two. */
export function sizeFromBatch(node: GraphNode, entries: readonly SizeEntry[]): GraphNode[] {
  const nodes: GraphNode[] = [];
  const add = (part: string, op: string, inputs: readonly string[], attrs: Record<string, GraphAttr>): string => {
    nodes.push({ name: `${node.name}/${part}`, op, inputs, attrs });
    return output(`${node.name}/${part}`);
  };
  const fixed = (part: string, values: readonly number[], shape?: readonly number[]): string => {
    nodes.push(ints(`${node.name}/${part}`, values, shape));
    return output(`${node.name}/${part}`);
  };
  const parts = entries.map(({ value, free }, i) => {
    const part = fixed(`${i}`, [free ? value / 2 : value]);
    return free ? add(`${i}/size`, 'Mul', ['anyBatch/size:0', part], intAttrs) : part;
  });
  const all =
    parts.length === 1
      ? parts[0]!
      : add('all', 'ConcatV2', [...parts, fixed('axis', [0], [])], {
          ...intAttrs,
          N: { kind: 'int', value: parts.length },
          Tidx: int32,
        });
  const shape = fixed('shape', shapeOf(node));
  return [...nodes, { name: node.name, op: 'Reshape', inputs: [all, shape], attrs: { ...intAttrs, Tshape: int32 } }];
}

const output = (name: string): string => `${name}:0`;

function shapeOf(node: GraphNode): readonly number[] {
  const value = node.attrs['value'];
  return value?.kind === 'tensor' ? value.value.shape : [];
}
