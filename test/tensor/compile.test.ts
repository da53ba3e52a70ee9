import { beforeAll, describe, expect, it } from 'vitest';
import { nativeBackend } from '../../src/tensor/native.ts';
import { compile, compileStep } from '../../src/tensor/compile.ts';
import { statelessUniform } from '../../src/tensor/ops/random.ts';
import { uint8Tensor, uint8ToFloat } from '../../src/tensor/ops/uint8.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Scalar, type Tensor, type Tensor1D } from '../../src/tensor/tf.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';

beforeAll(async () => {
  expect((await loadRuntime()).kind).toBe('native');
});

/** One gradient step on (w·x − y)² with the rate and the noise fed. */
function descent() {
  const state = { w: tf.tensor1d([1, 2]), count: tf.scalar(0) };
  const inputs = { x: tf.tensor1d([1, -1]), y: tf.scalar(3), rate: tf.scalar(0.1), seed: tf.tensor1d([1, 2], 'int32') };
  const compiled = compileStep({
    name: 'descent',
    state,
    inputs,
    step(old, { x, y, rate, seed }) {
      const loss = (w: Tensor) => tf.sum(tf.square(tf.sub(tf.sum(tf.mul(w, x)), y))) as Scalar;
      const { value, grad } = tf.valueAndGrad(loss)(old['w']!);
      const noise = tf.mul(statelessUniform([2], seed), 1e-3);
      return {
        state: { w: tf.add(tf.sub(old['w']!, tf.mul(grad, rate)), noise), count: tf.add(old['count']!, 1) },
        outputs: { loss: value },
      };
    },
  });
  tf.dispose(state);
  return { compiled, inputs };
}

const values = (tensor: Tensor): number[] => Array.from(tensor.dataSync());

describe('a compiled function', () => {
  it('runs on other values than it was traced with, and gives inputs through', async () => {
    await expectNoTensorLeak(() => {
      const inputs = { x: tf.tensor1d([1, 2, 3]), factor: tf.scalar(2) };
      const constants = { shift: tf.tensor1d([10, 20, 30]) };
      const compiled = compile({
        name: 'affine',
        inputs,
        constants,
        fn: ({ x, factor }, { shift }) => ({ y: tf.add(tf.mul(x, factor), shift), x, seven: tf.scalar(7) }),
      });
      tf.dispose(constants);
      const other = { x: tf.tensor1d([4, 5, 6]), factor: tf.scalar(3) };
      const outputs = compiled.run(other);
      expect(values(outputs.y)).toEqual([22, 35, 48]);
      expect(values(outputs.x)).toEqual([4, 5, 6]);
      expect(values(outputs.seven)).toEqual([7]);
      compiled.dispose();
      tf.dispose([inputs, other, outputs]);
    });
  });

  it('takes bytes', () => {
    const bytes = uint8Tensor(Uint8Array.of(0, 200, 255), [3]);
    const compiled = compile({ name: 'bytes', inputs: { bytes }, fn: (inputs) => ({ y: uint8ToFloat(inputs.bytes) }) });
    expect(values(compiled.run({ bytes: uint8Tensor(Uint8Array.of(1, 128, 254), [3]) }).y)).toEqual([1, 128, 254]);
    compiled.dispose();
  });

  it('refuses a tensor from outside and names it, and leaves the back end as it was', async () => {
    const rate = tf.scalar(0.5);
    const weights = tf.variable(tf.tensor1d([1, 2]), true, 'weights');
    const x = tf.tensor1d([1, 2]);
    // Used once, so that all three have been handed to the add-on.
    tf.dispose([tf.mul(x, rate), tf.mul(x, weights)]);
    const { binding } = nativeBackend()!;
    await expectNoTensorLeak(() => {
      expect(() => compile({ name: 'f', inputs: { x }, fn: (inputs) => ({ y: tf.mul(inputs.x, rate) }) })).toThrow(
        /captured.*\[\]/,
      );
      expect(() => compile({ name: 'f', inputs: { x }, fn: (inputs) => ({ y: tf.mul(inputs.x, weights) }) })).toThrow(
        /captured.*weights/,
      );
      expect(() => compile({ name: 'f', inputs: { x }, fn: () => ({ y: weights as Tensor }) })).toThrow(
        /captured.*weights/,
      );
    });
    expect(nativeBackend()!.binding).toBe(binding);
    expect(values(tf.add(x, 1))).toEqual([2, 3]);
  });

  it('refuses to read a computed value during the trace', () => {
    const x = tf.scalar(2);
    const fn = (inputs: { x: Scalar }) => ({ y: tf.scalar(tf.square(inputs.x).dataSync()[0]!) });
    expect(() => compile({ name: 'frozen', inputs: { x }, fn })).toThrow(/readInTrace.*Square/);
  });

  it('refuses inputs of another shape or type, and missing or unknown ones', () => {
    const compiled = compile({
      name: 'double',
      inputs: { x: tf.tensor1d([1, 2]) },
      fn: ({ x }) => ({ y: tf.mul(x, 2) }),
    });
    const run = (inputs: Record<string, Tensor>) => () => compiled.run(inputs as { x: Tensor1D });
    expect(run({ x: tf.tensor1d([1, 2, 3]) })).toThrow(/double.*\[2\].*\[3\]/);
    expect(run({ x: tf.tensor1d([1, 2], 'int32') })).toThrow(/float32.*int32/);
    expect(run({})).toThrow(/nothing/);
    expect(run({ x: tf.tensor1d([1, 2]), z: tf.scalar(1) })).toThrow(/unknownInput.*z/);
    compiled.dispose();
    expect(run({ x: tf.tensor1d([1, 2]) })).toThrow(/disposed/);
  });

  it('draws other random numbers for another seed, and the same bits for the same', () => {
    const seed = tf.tensor1d([1, 2], 'int32');
    const compiled = compile({
      name: 'draw',
      inputs: { seed },
      fn: (inputs) => ({ y: statelessUniform([10_000], inputs.seed) }),
    });
    const first = values(compiled.run({ seed }).y);
    expect(values(compiled.run({ seed }).y)).toEqual(first);
    expect(values(compiled.run({ seed: tf.tensor1d([1, 3], 'int32') }).y)).not.toEqual(first);
    expect(values(compiled.run({ seed: tf.tensor1d([2, 2], 'int32') }).y)).not.toEqual(first);
    const mean = first.reduce((sum, value) => sum + value, 0) / first.length;
    const variance = first.reduce((sum, value) => sum + (value - mean) ** 2, 0) / first.length;
    const [expectedMean, expectedVariance] = [0.5, 1 / 12];
    // Four standard errors.
    expect(Math.abs(mean - expectedMean)).toBeLessThan(4 * Math.sqrt(expectedVariance / first.length));
    expect(Math.abs(variance / expectedVariance - 1)).toBeLessThan(0.06);
    compiled.dispose();
  });
});

describe('a compiled step', () => {
  it('starts from the first state, not from what the trace computed, and moves it', async () => {
    await expectNoTensorLeak(() => {
      const { compiled, inputs } = descent();
      const before = compiled.readState();
      expect([values(before['w']!), values(before['count']!)]).toEqual([[1, 2], [0]]);
      const quiet = { ...inputs, rate: tf.scalar(0) };
      // w·x = −1, so the loss is 16 and the gradient −8·x.
      const first = compiled.run(quiet);
      expect(values(first.loss)).toEqual([16]);
      const { count } = compiled.readState(['count']);
      expect(values(count!)).toEqual([1]);
      compiled.dispose();
      tf.dispose([before, inputs, quiet, first, count!]);
    });
  });

  it('answers to every declared input', () => {
    const after = (change: Record<string, Tensor>): number[] => {
      const { compiled, inputs } = descent();
      const outputs = compiled.run({ ...inputs, ...change });
      const answer = [...values(outputs.loss), ...values(compiled.readState()['w']!)];
      compiled.dispose();
      return answer;
    };
    const base = after({});
    expect(after({})).toEqual(base);
    const changes = {
      x: tf.tensor1d([2, -1]),
      y: tf.scalar(4),
      rate: tf.scalar(0.2),
      seed: tf.tensor1d([1, 3], 'int32'),
    };
    for (const [name, tensor] of Object.entries(changes)) expect(after({ [name]: tensor }), name).not.toEqual(base);
  });

  it('goes on from written state as if it had never stopped, bit for bit', () => {
    const whole = descent();
    for (let i = 0; i < 3; i++) whole.compiled.run(whole.inputs);
    const middle = whole.compiled.readState();
    for (let i = 0; i < 3; i++) whole.compiled.run(whole.inputs);
    const resumed = descent();
    resumed.compiled.writeState(middle);
    for (let i = 0; i < 3; i++) resumed.compiled.run(resumed.inputs);
    expect(values(resumed.compiled.readState()['w']!)).toEqual(values(whole.compiled.readState()['w']!));
    whole.compiled.dispose();
    resumed.compiled.dispose();
  });

  it('gives copies: a later step does not change what was read', () => {
    const { compiled, inputs } = descent();
    const read = compiled.readState();
    compiled.run(inputs);
    expect(values(read['w']!)).toEqual([1, 2]);
    compiled.dispose();
  });

  it('refuses two inputs that share their data, since one would stand for both', () => {
    const w = tf.scalar(1);
    const step = () => ({ state: {}, outputs: {} });
    const twins = { name: 'twins', state: { w, copy: w.clone() }, inputs: {}, step };
    expect(() => compileStep(twins)).toThrow(/"state\/copy" shares its data with input\/state\/w/);
  });

  it('refuses new values for what is not its state', () => {
    const step = () => ({ state: { v: tf.scalar(1) }, outputs: {} });
    expect(() => compileStep({ name: 'odd', state: { w: tf.scalar(1) }, inputs: {}, step })).toThrow(/unknownState.*v/);
  });

  it('leaks nothing over many steps', async () => {
    await expectNoTensorLeak(() => {
      const { compiled, inputs } = descent();
      for (let i = 0; i < 50; i++) tf.dispose(compiled.run(inputs));
      compiled.dispose();
      tf.dispose(inputs);
    });
  });
});
