import type { Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import type { GraphAttr, GraphDType, GraphNode, GraphPort, GraphTensor, TracedGraph } from '../graph/graph.ts';
import { constant, dtypeName, identity, placeholder } from '../graph/graph.ts';
import type { NativeAttr, NativeBackend, NativeBinding } from './native.ts';
import { nativeBackend } from './native.ts';

export type TensorRecord = Readonly<Record<string, Tensor>>;

/**
 * Runs `fn` once, for real, on a binding that records, and gives the record as a graph: `inputs` become placeholders of
 * their shape and type, `constants` and every tensor that `fn` itself creates become constants. What `fn` computed is
 * thrown away. `fn` must be made of tensors it was given: any other is an error that names it, and so is reading a
 * computed value back to JavaScript, because either would freeze one value for ever.
 * Native back end only; not re-entrant.
 */
export function trace(
  inputs: TensorRecord,
  constants: TensorRecord,
  fn: (inputs: TensorRecord, constants: TensorRecord) => TensorRecord,
): TracedGraph {
  const backend = nativeBackend();
  if (!backend) throw new AnnealError('tensor.traceNeedsNative', { backend: tf.getBackend() }, { kind: 'failure' });
  const recorder = new Recorder(backend);
  let outputs: GraphPort[] = [];
  const inputPorts = Object.entries(inputs).map(([name, tensor]) => recorder.input(name, tensor));
  for (const [name, tensor] of Object.entries(constants)) recorder.constant(name, tensor);
  // Methods put on the instance hide the prototype's until they are deleted again.
  const instance = backend as unknown as Record<string, unknown>;
  const binding = backend.binding;
  tf.tidy(() => {
    try {
      recorder.install(instance);
      outputs = Object.entries(fn(inputs, constants)).map(([name, tensor]) => recorder.output(name, tensor));
    } finally {
      for (const method of recordedMethods) Reflect.deleteProperty(instance, method);
      backend.binding = binding;
    }
  });
  return { nodes: recorder.nodes, inputs: inputPorts, outputs, shapes: recorder.shapes };
}

const recordedMethods = ['getInputTensorIds', 'createOutputTensor', 'write', 'move', 'readSync'] as const;

class Recorder {
  readonly nodes: GraphNode[] = [];
  readonly shapes = new Map<string, readonly number[]>();
  private readonly backend: NativeBackend;
  private readonly binding: NativeBinding;
  /** `node:output` by the add-on's tensor number; numbers are never used twice. */
  private readonly refs = new Map<number, string>();
  /** Tensors that `fn` may use: declared ones and those made during the trace. */
  private readonly tracked = new WeakSet<object>();
  /** Of these, the ones whose values JavaScript gave: reading them freezes nothing. */
  private readonly written = new WeakSet<object>();
  /** Constants enter the graph when an op first reads them. */
  private readonly pending = new Map<number, GraphTensor>();
  private readonly names = new Set<string>();
  private readonly counts = new Map<string, number>();
  private current = 'the start';

  constructor(backend: NativeBackend) {
    this.backend = backend;
    this.binding = backend.binding;
  }

  input(name: string, tensor: Tensor): GraphPort {
    const node = this.unique(`input/${name}`);
    const { id, dtype } = this.handle(tensor);
    // A clone has the data of its original: the two could not be told apart, and one of them would stand for both.
    const twin = this.refs.get(id);
    if (twin !== undefined)
      throw new Error(`input "${name}" shares its data with ${twin}: give each a tensor of its own`);
    this.tracked.add(tensor.dataId);
    this.nodes.push(placeholder(node, dtype, tensor.shape));
    this.refer(id, `${node}:0`, tensor.shape);
    return { name, ref: `${node}:0`, dtype, shape: tensor.shape };
  }

  constant(name: string, tensor: Tensor): void {
    const node = this.unique(`constant/${name}`);
    const { id, dtype } = this.handle(tensor);
    this.tracked.add(tensor.dataId);
    this.nodes.push(constant(node, { dtype, shape: tensor.shape, content: contentOf(dtype, tensor.dataSync()) }));
    this.refer(id, `${node}:0`, tensor.shape);
  }

  output(name: string, tensor: Tensor): GraphPort {
    this.current = `output ${name}`;
    const [id] = this.backend.getInputTensorIds([tensor]);
    const { dtype } = this.handle(tensor);
    const node = this.unique(`output/${name}`);
    this.nodes.push(identity(node, dtype, [this.ref(id!)]));
    return { name, ref: `${node}:0`, dtype, shape: tensor.shape };
  }

  install(instance: Record<string, unknown>): void {
    const { backend, binding } = this;
    const prototype = Object.getPrototypeOf(backend) as NativeBackend;
    const recording = Object.create(binding, {
      createTensor: {
        value: (shape: number[], dtype: number, values: ArrayLike<number>) => this.createTensor(shape, dtype, values),
      },
      executeOp: {
        value: (op: string, attrs: NativeAttr[], inputs: number[], outputs: number) =>
          this.executeOp(op, attrs, inputs, outputs),
      },
    }) as NativeBinding;
    backend.binding = recording;
    instance['getInputTensorIds'] = (tensors: readonly TensorInfo[]) => {
      for (const tensor of tensors) this.expectKnown(tensor);
      return prototype.getInputTensorIds.call(backend, tensors);
    };
    instance['createOutputTensor'] = (output: { id: number; shape: number[]; dtype: number }) => {
      const tensor = prototype.createOutputTensor.call(backend, output);
      this.tracked.add(tensor.dataId);
      return tensor;
    };
    instance['write'] = (...args: Parameters<NativeBackend['write']>) => {
      const dataId = prototype.write.apply(backend, args);
      return this.remember(dataId);
    };
    instance['move'] = (...args: Parameters<NativeBackend['move']>) => {
      this.remember(args[0]);
      prototype.move.apply(backend, args);
    };
    instance['readSync'] = (dataId: object) => {
      if (!this.written.has(dataId))
        throw new AnnealError('tensor.readInTrace', { after: this.current }, { kind: 'failure' });
      return prototype.readSync.call(backend, dataId);
    };
  }

  private remember(dataId: object): object {
    this.tracked.add(dataId);
    this.written.add(dataId);
    return dataId;
  }

  private expectKnown(tensor: TensorInfo): void {
    // tfjs passes 64-bit scalars as objects without data: constants, made by the add-on in the same call.
    if (!('dataId' in tensor) || this.tracked.has(tensor.dataId)) return;
    const { name, id } = tensor as { name?: string; id?: number };
    const shown = `${name ?? `tensor ${id ?? '?'}`} (${tensor.dtype} [${tensor.shape.join(', ')}])`;
    throw new AnnealError('tensor.captured', { tensor: shown, after: this.current }, { kind: 'failure' });
  }

  private createTensor(shape: number[], dtype: number, values: ArrayLike<number>): number {
    const id = this.binding.createTensor(shape, dtype, values);
    const name = dtypeName(dtype);
    this.pending.set(id, { dtype: name, shape: [...shape], content: contentOf(name, values) });
    return id;
  }

  private executeOp(op: string, attrs: NativeAttr[], inputs: number[], outputCount: number) {
    const outputs = this.binding.executeOp(op, attrs, inputs, outputCount);
    const name = this.unique(op);
    this.current = name;
    this.nodes.push({
      name,
      op,
      inputs: inputs.map((id) => this.ref(id)),
      attrs: Object.fromEntries(attrs.map((attr) => [attr.name, this.attr(attr)])),
    });
    outputs.forEach((output, index) => this.refer(output.id, `${name}:${index}`, output.shape));
    return outputs;
  }

  private refer(id: number, ref: string, shape: readonly number[]): void {
    this.refs.set(id, ref);
    this.shapes.set(ref, shape);
  }

  private ref(id: number): string {
    const found = this.refs.get(id);
    if (found !== undefined) return found;
    const tensor = this.pending.get(id);
    if (!tensor)
      throw new AnnealError(
        'tensor.captured',
        { tensor: `add-on tensor ${id}`, after: this.current },
        { kind: 'failure' },
      );
    const name = this.unique('Const');
    this.nodes.push(constant(name, tensor));
    this.refer(id, `${name}:0`, tensor.shape);
    this.pending.delete(id);
    return `${name}:0`;
  }

  private handle(tensor: Tensor): { id: number; dtype: GraphDType } {
    const [id] = this.backend.getInputTensorIds([tensor]);
    return { id: id!, dtype: dtypeName(this.backend.tensorMap.get(tensor.dataId).dtype) };
  }

  private unique(base: string): string {
    // TensorFlow's node names: letters, digits and _ . / - only; lists of names are joined by commas.
    const clean = base.replace(/[^A-Za-z0-9_./-]/g, '_');
    let name = clean;
    for (let count = this.counts.get(clean) ?? 1; this.names.has(name); count++) {
      name = `${clean}_${count}`;
      this.counts.set(clean, count + 1);
    }
    this.names.add(name);
    return name;
  }

  private attr({ name, type, value }: NativeAttr): GraphAttr {
    const { binding } = this;
    const list = Array.isArray(value) && type !== binding.TF_ATTR_SHAPE;
    switch (type) {
      case binding.TF_ATTR_STRING:
        return list ? { kind: 'strings', value: value as string[] } : { kind: 'string', value: String(value) };
      case binding.TF_ATTR_INT:
        return list ? { kind: 'ints', value: value as number[] } : { kind: 'int', value: Number(value) };
      case binding.TF_ATTR_FLOAT:
        return list ? { kind: 'floats', value: value as number[] } : { kind: 'float', value: Number(value) };
      case binding.TF_ATTR_BOOL:
        return list ? { kind: 'bools', value: value as boolean[] } : { kind: 'bool', value: Boolean(value) };
      case binding.TF_ATTR_TYPE:
        return list
          ? { kind: 'types', value: (value as number[]).map(dtypeName) }
          : { kind: 'type', value: dtypeName(Number(value)) };
      case binding.TF_ATTR_SHAPE:
        return { kind: 'shape', value: value as number[] };
      default:
        throw new AnnealError('tensor.unknownAttribute', { name, type, after: this.current }, { kind: 'failure' });
    }
  }
}

/** Little-endian bytes of the values, copied: the graph outlives the tensor. */
function contentOf(dtype: GraphDType, values: ArrayLike<number>): Uint8Array {
  const typed = toTyped(dtype, values);
  return new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength).slice();
}

function toTyped(dtype: GraphDType, values: ArrayLike<number>): ArrayBufferView {
  switch (dtype) {
    case 'float32':
      return values instanceof Float32Array ? values : Float32Array.from(values);
    case 'int32':
      return values instanceof Int32Array ? values : Int32Array.from(values);
    case 'int64':
      // tfjs hands 64-bit scalars over as pairs of 32-bit words.
      return values as unknown as ArrayBufferView;
    case 'uint8':
    case 'bool':
      return values instanceof Uint8Array ? values : Uint8Array.from(values);
    default:
      throw new AnnealError('tensor.constantType', { dtype }, { kind: 'failure' });
  }
}
