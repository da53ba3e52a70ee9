import type { MessageTable } from '../table.ts';

/** Most of these tell a developer that a computation is written in a way that cannot be compiled. */
export const tensor = {
  'tensor.noRuntime': (p) => ({
    message: 'No way to compute was found: neither TensorFlow nor its WebAssembly replacement could be loaded.',
    received: `TensorFlow: ${String(p['native'])}; WebAssembly: ${String(p['wasm'])}`,
    hint: 'Run `anneal setup`, then `anneal doctor`.',
  }),
  'tensor.traceNeedsNative': (p) => ({
    message: 'This needs the native TensorFlow runtime.',
    received: `the back end ${String(p['backend'])}`,
    hint: 'Run `anneal setup`; `anneal doctor` says what is missing.',
  }),
  'tensor.captured': (p) => ({
    message: `A compiled function used a tensor that it was not given: ${String(p['tensor'])}.`,
    expected: 'only declared inputs, state, constants, and tensors made inside',
    received: `the tensor after the node ${String(p['after'])}`,
    hint: 'Declare it as an input (fed each run) or a constant (frozen into the graph).',
  }),
  'tensor.readInTrace': (p) => ({
    message: `A compiled function read a computed value back to JavaScript after the node ${String(p['after'])}.`,
    hint: 'Keep the decision inside the graph, or compute it before and feed it.',
  }),
  'tensor.unknownAttribute': (p) => ({
    message: `The attribute ${String(p['name'])} of type ${String(p['type'])} after the node ${String(p['after'])} cannot be recorded.`,
  }),
  'tensor.constantType': (p) => ({
    message: `A constant of type ${String(p['dtype'])} cannot be embedded in a graph.`,
  }),
  'tensor.unknownInput': (p) => ({
    message: `${String(p['owner'])} was given "${String(p['name'])}", which it does not take.`,
    expected: (p['expected'] as readonly string[]).join(', '),
  }),
  'tensor.inputMismatch': (p) => ({
    message: `${String(p['owner'])} cannot take this "${String(p['name'])}".`,
    expected: String(p['expected']),
    received: String(p['received']),
    hint: 'A compiled function serves one shape: pad or drop the last batch, or compile again.',
  }),
  'tensor.unknownState': (p) => ({
    message: `The step ${String(p['step'])} gave a new value for "${String(p['name'])}", which is not part of its state.`,
  }),
  'tensor.disposed': () => ({ message: 'A compiled function was run after it had been disposed of.' }),
  'tensor.batchFrozen': (p) => ({
    message: `This network cannot be compiled for any number of pictures: ${p['node']} depends on it.`,
    hint: 'This is a defect of ours.',
  }),
  'tensor.badShape': (p) => ({
    message: `${String(p['op'])} cannot take ${String(p['what'])}.`,
    expected: String(p['expected']),
    received: String(p['received']),
  }),
} satisfies MessageTable;
