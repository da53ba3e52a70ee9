import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import type { Graph, GraphNode, GraphPort } from '../graph/graph.ts';
import { constant, identity, placeholder } from '../graph/graph.ts';
import { nativeBackend } from './native.ts';
import { cloneAll, inOrder, named, portsOf, refsOf } from './ports.ts';
import { GraphSession } from './session.ts';
import type { TensorRecord } from './trace.ts';
import { trace } from './trace.ts';

interface StepResult<Outputs extends TensorRecord> {
  /** New values of the state that changes; what is left out stays as it is. */
  readonly state: TensorRecord;
  readonly outputs: Outputs;
}

export interface StepOptions<
  Inputs extends TensorRecord,
  Constants extends TensorRecord,
  Outputs extends TensorRecord,
> {
  readonly name: string;
  /** First values. Afterwards the step owns the state; these may be disposed. */
  readonly state: TensorRecord;
  /** Examples: their shapes and types are fixed in the trace, their values are not. */
  readonly inputs: Inputs;
  /** Embedded by value. */
  readonly constants?: Constants;
  readonly step: (state: TensorRecord, inputs: Inputs, constants: Constants) => StepResult<Outputs>;
}

export interface CompiledStep<Inputs extends TensorRecord, Outputs extends TensorRecord> {
  /** Moves the state one step on. Caller disposes the outputs. */
  run(inputs: Inputs): { [K in keyof Outputs]: Tensor };
  /** Copies of the state, all of it or the names asked for. Caller disposes. */
  readState(names?: readonly string[]): Record<string, Tensor>;
  /** Sets part of the state or all of it. */
  writeState(values: TensorRecord): void;
  /** What runs, variables included. Null on the WASM back end. */
  readonly graph: Graph | null;
  dispose(): void;
}

/**
 * A function with memory, traced once: the state stays inside TensorFlow as resource variables, so that a run feeds the
 * inputs and fetches the outputs only. On the WASM back end the same interface calls `step` itself each time.
 */
export function compileStep<
  Inputs extends TensorRecord,
  Outputs extends TensorRecord,
  Constants extends TensorRecord = Record<string, never>,
>(options: StepOptions<Inputs, Constants, Outputs>): CompiledStep<Inputs, Outputs> {
  return nativeBackend() ? compileGraphStep(options) : compileEagerStep(options);
}

const stateKey = 'state/';
const newKey = 'new/';

function compileGraphStep<Inputs extends TensorRecord, Constants extends TensorRecord, Outputs extends TensorRecord>(
  options: StepOptions<Inputs, Constants, Outputs>,
): CompiledStep<Inputs, Outputs> {
  const traced = trace(
    { ...withPrefix(stateKey, options.state), ...options.inputs },
    options.constants ?? {},
    (all, constants) => {
      const result = options.step(
        stripPrefix(stateKey, all),
        only(all, Object.keys(options.inputs)) as Inputs,
        constants as Constants,
      );
      for (const name of Object.keys(result.state)) {
        if (!(name in options.state))
          throw new AnnealError('tensor.unknownState', { step: options.name, name }, { kind: 'failure' });
      }
      return { ...result.outputs, ...withPrefix(newKey, result.state) };
    },
  );
  const { graph, reads, writes } = withVariables(traced);
  const session = new GraphSession(graph);
  const inputRefs = refsOf(graph.inputs);
  const outputRefs = [...graph.outputs.map(({ ref }) => ref), doneRef].join(',');
  const pick = (ports: readonly GraphPort[], names: readonly string[]) =>
    ports.filter((port) => names.includes(port.name));
  const step: CompiledStep<Inputs, Outputs> = {
    graph,
    run(inputs) {
      const outputs = session.run(inOrder(graph.inputs, inputs, options.name), inputRefs, outputRefs);
      outputs.pop()!.dispose();
      return named(graph.outputs, outputs);
    },
    readState(names) {
      const ports = names ? pick(reads, names) : reads;
      return ports.length === 0 ? {} : named(ports, session.run([], '', refsOf(ports)));
    },
    writeState(values) {
      const ports = pick(writes, Object.keys(values));
      if (ports.length === 0 && Object.keys(values).length === 0) return;
      const tensors = inOrder(ports, values, options.name);
      tf.dispose(session.run(tensors, refsOf(ports), ports.map((port) => `written/${port.ref}`).join(',')));
    },
    dispose: () => session.dispose(),
  };
  step.writeState(options.state);
  return step;
}

const doneRef = 'done:0';

/**
 * Turns every `state/x` placeholder of a traced step into a variable that is read where the placeholder stood and assigned
 * what the output `new/x` held. The node `done` comes after all assignments, so that fetching it runs them.
 */
function withVariables(traced: Graph): { graph: Graph; reads: GraphPort[]; writes: GraphPort[] } {
  const state = new Map(
    traced.inputs.filter((port) => port.name.startsWith(stateKey)).map((port) => [nodeOf(port.ref), port]),
  );
  const nodes: GraphNode[] = [];
  for (const node of traced.nodes) {
    const port = state.get(node.name);
    nodes.push(...(port ? variable(port) : [node]));
  }
  const after: string[] = [];
  for (const port of traced.outputs.filter((output) => output.name.startsWith(newKey))) {
    const old = traced.inputs.find((input) => input.name === stateKey + port.name.slice(newKey.length))!;
    const read = nodeOf(old.ref);
    nodes.push(assign(`assign/${read}`, old, port.ref, `^${read}`));
    after.push(`^assign/${read}`);
  }
  const outputs = traced.outputs.filter((port) => !port.name.startsWith(newKey));
  const zero = { dtype: 'float32', shape: [], content: new Uint8Array(4) } as const;
  nodes.push(constant('done/zero', zero), identity(nodeOf(doneRef), 'float32', ['done/zero:0', ...after]));
  const reads: GraphPort[] = [];
  const writes: GraphPort[] = [];
  for (const port of state.values()) {
    const name = port.name.slice(stateKey.length);
    const value = `write/${nodeOf(port.ref)}`;
    nodes.push(placeholder(value, port.dtype, port.shape), assign(`assign/${value}`, port, `${value}:0`));
    nodes.push(identity(`written/${value}`, port.dtype, [`${value}:0`, `^assign/${value}`]));
    reads.push({ ...port, name });
    writes.push({ ...port, name, ref: `${value}:0` });
  }
  const inputs = traced.inputs.filter((port) => !port.name.startsWith(stateKey));
  return { graph: { nodes, inputs, outputs }, reads, writes };
}

const nodeOf = (ref: string): string => ref.slice(0, ref.lastIndexOf(':'));

function variable(port: GraphPort): GraphNode[] {
  const name = nodeOf(port.ref);
  const dtype = { kind: 'type', value: port.dtype } as const;
  const handle = `variable/${name}`;
  return [
    {
      name: handle,
      op: 'VarHandleOp',
      inputs: [],
      attrs: { dtype, shape: { kind: 'shape', value: port.shape }, shared_name: { kind: 'string', value: handle } },
    },
    { name, op: 'ReadVariableOp', inputs: [`${handle}:0`], attrs: { dtype } },
  ];
}

function assign(name: string, port: GraphPort, value: string, ...after: string[]): GraphNode {
  const attrs = { dtype: { kind: 'type', value: port.dtype } } as const;
  return { name, op: 'AssignVariableOp', inputs: [`variable/${nodeOf(port.ref)}:0`, value, ...after], attrs };
}

function compileEagerStep<Inputs extends TensorRecord, Constants extends TensorRecord, Outputs extends TensorRecord>(
  options: StepOptions<Inputs, Constants, Outputs>,
): CompiledStep<Inputs, Outputs> {
  const state = cloneAll(options.state);
  const constants = cloneAll(options.constants ?? {});
  const inputPorts = portsOf(options.inputs);
  const statePorts = portsOf(options.state);
  const replace = (values: TensorRecord) => {
    for (const [name, value] of Object.entries(values)) {
      const old = state[name]!;
      state[name] = tf.keep(value.clone());
      old.dispose();
    }
  };
  return {
    graph: null,
    run(inputs) {
      inOrder(inputPorts, inputs, options.name);
      return tf.tidy(() => {
        const result = options.step(state, inputs, constants as Constants);
        const outputs = Object.entries(result.outputs).map(([name, tensor]) => [name, tensor.clone()] as const);
        replace(result.state);
        return Object.fromEntries(outputs);
      }) as { [K in keyof Outputs]: Tensor };
    },
    readState(names = Object.keys(state)) {
      return Object.fromEntries(names.map((name) => [name, state[name]!.clone()]));
    },
    writeState(values) {
      const ports = statePorts.filter((port) => port.name in values);
      inOrder(ports, values, options.name);
      replace(values);
    },
    dispose: () => tf.dispose([...Object.values(state), ...Object.values(constants)]),
  };
}

function withPrefix(prefix: string, tensors: TensorRecord): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [prefix + name, tensor]));
}

function stripPrefix(prefix: string, tensors: TensorRecord): Record<string, Tensor> {
  const found = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

function only(tensors: TensorRecord, names: readonly string[]): Record<string, Tensor> {
  return Object.fromEntries(names.map((name) => [name, tensors[name]!]));
}
