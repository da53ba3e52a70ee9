import * as v from 'valibot';
import type { OpDefinition } from './op-definition.ts';
import * as definitions from './ops/index.ts';

type Definitions = typeof definitions;
export type OpName = keyof Definitions;
/** A node of one kind. */
export type NodeOf<Op extends OpName> = v.InferOutput<Definitions[Op]['schema']>;
/** Activations are NHWC float32. */
export type NodeSpec = { [Op in OpName]: NodeOf<Op> }[OpName];
/** A node that has something to compute. */
export type ComputedNode = Exclude<NodeSpec, NodeOf<'input'>>;

// The name under which an op is exported is the one that its nodes bear.
const table: { readonly [Op in OpName]: OpDefinition<NodeOf<Op>> & { readonly op: Op } } = definitions;

export const opNames = Object.keys(table) as readonly OpName[];

/** What is to be known of the kind of `node`. */
export function opOf(node: NodeSpec): OpDefinition<NodeSpec> {
  // A definition is only ever asked about nodes of its own kind.
  return table[node.op] as unknown as OpDefinition<NodeSpec>;
}

/** The fields of a node that name a parameter, with that name, in torch's order. */
export function paramFields(node: NodeSpec): (readonly [field: string, name: string])[] {
  const fields = node as unknown as Readonly<Record<string, string | null>>;
  const names: readonly string[] = opOf(node).params;
  return names.flatMap((field) => {
    const name = fields[field] ?? null;
    return name === null ? [] : [[field, name] as const];
  });
}

const anyOp = v.object({ op: v.picklist(opNames) });

/** A stored node of any kind. */
export const nodeSchema: v.GenericSchema<unknown, NodeSpec> = v.lazy((node) => {
  const named = v.safeParse(anyOp, node);
  // Of an unknown kind there is nothing to say but that.
  return named.success ? table[named.output.op].schema : (anyOp as unknown as v.GenericSchema<unknown, NodeSpec>);
});
