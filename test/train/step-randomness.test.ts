import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { replaceHead } from '../../src/models/rewrites.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import type { HostInput, HostInputs } from '../../src/train/batch-source.ts';
import { compileTrainingStep, type TrainingStep, type TrainingStepOptions } from '../../src/train/compiled-step.ts';
import { batchInputs, rateInputs } from '../../src/train/step-inputs.ts';
import { tinySpec } from '../support/tiny-model.ts';
import { configOf, paintedDataset, tinyNetwork, tinyRun, valuesOf, type TinyRun } from '../support/training-fixture.ts';
import { indices } from '../support/indices.ts';

const spec = replaceHead(tinySpec(3), 3, { dropoutRate: 0.4 });
const input: TrainConfigInput = {
  tune: { regime: 'all', normMode: 'training' },
  optimizer: { name: 'adamw', weightDecay: 0.01 },
  augment: { mode: 'online', rotation: 20, brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.1 },
  data: { batchSize: 6 },
  model: { dropout: 0.4 },
  schedule: { cycleEpochs: 1, numCycles: 1 },
};

let folder: string;
let run: TinyRun;
let step: TrainingStep;
let options: TrainingStepOptions;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-step-'));
  run = await tinyRun(folder, await paintedDataset(folder, { perClass: 4 }), configOf(input), {
    network: tinyNetwork(spec),
  });
  const { params } = run.network;
  const { source, config } = run.task;
  options = { spec, params, slots: {}, source, config, freezeTo: 0, example: await inputs() };
  step = compileTrainingStep(options);
});
afterAll(async () => {
  step.dispose();
  await run.close();
  await rm(folder, { recursive: true, force: true });
});

const pictures = indices(0, 1, 4, 5, 8, 9);

async function inputs(position = { branch: 0, epoch: 0, batch: 0 }, seed = 0): Promise<HostInputs> {
  const { source, labelOf } = run.task;
  const config = configOf({ ...input, seed });
  const options = { config, source, labelOf, classes: 3, classCounts: [4, 4, 4] };
  return { ...(await batchInputs(options, pictures, 6, position)), ...rateInputs(config, 0.01, [1, 1, 1], [3, 3, 3]) };
}

/** Loss and all of the state after one step from the network's first values. */
function after(fed: HostInputs, measured = false): Record<string, number[]> {
  const start = step.readState();
  const first = Object.fromEntries(
    Object.entries(start).map(([name, tensor]) => [name, run.network.params[name] ?? tf.zerosLike(tensor)]),
  );
  step.writeState(first);
  const { loss, measures } = step.run(fed, { measured });
  const state = step.readState();
  const values = { ...valuesOf(state), loss: [loss], ...(measured && { measures: Object.values(measures) }) };
  const zeros = Object.entries(first).flatMap(([name, tensor]) => (name in run.network.params ? [] : [tensor]));
  tf.dispose([start, state, zeros]);
  return values;
}

describe('the random draws of a training step', () => {
  it('are the same bits for the same place in the plan', async () => {
    const fed = await inputs();
    expect(after(fed)).toEqual(after(fed));
    expect(after(await inputs())).toEqual(after(fed));
  });

  it.each([
    ['batch', { branch: 0, epoch: 0, batch: 1 }],
    ['epoch', { branch: 0, epoch: 1, batch: 0 }],
    ['branch', { branch: 1, epoch: 0, batch: 0 }],
  ])('differ in another %s, in augmentation and in dropout', async (_, position) => {
    const here = await inputs();
    const there = await inputs(position);
    for (const name of ['transforms', 'augmentation', 'dropout/seed'])
      expect(there[name]!.data).not.toEqual(here[name]!.data);
    expect(after(there)['loss']).not.toEqual(after(here)['loss']);
  });

  it('are not frozen into the trace: dropout alone follows the seed', async () => {
    const fed = await inputs();
    const losses = [1, 2, 3].map(
      (seed) => after({ ...fed, 'dropout/seed': withData(fed['dropout/seed']!, [seed, 7]) })['loss']![0],
    );
    expect(new Set(losses).size).toBe(3);
  });
});

describe('every input of a training step', () => {
  it.each([
    'images',
    'transforms',
    'augmentation',
    'targets',
    'denominator',
    'dropout/seed',
    'rates',
    'steps',
    'hyper',
  ])('matters: %s', async (name) => {
    const fed = await inputs();
    expect(Object.keys(fed)).toContain(name);
    const changed = { ...fed, [name]: shaken(fed[name]!) };
    expect(after(changed)).not.toEqual(after(fed));
  });

  it('is in the list above', async () => {
    const names = [
      'images',
      'transforms',
      'augmentation',
      'targets',
      'denominator',
      'dropout/seed',
      'rates',
      'steps',
      'hyper',
    ];
    expect(Object.keys(await inputs()).sort()).toEqual(names.sort());
  });

  it.each([0, 1, 2])('of rates matters for its own layer group alone: group %i', async (group) => {
    const fed = await inputs();
    const scales = [0, 1, 2].map((one) => (one === group ? 0.02 : 0.01));
    const before = after(fed);
    const now = after({ ...fed, rates: withData(fed['rates']!, scales) });
    const stems = [/^(conv|norm)\./, /^(deep|deepNorm)\./, /^fc\./];
    for (const name of Object.keys(run.network.params).filter((one) => !one.includes('running'))) {
      if (stems[group]!.test(name)) expect(now[name], name).not.toEqual(before[name]);
      else expect(now[name], name).toEqual(before[name]);
    }
  });
});

function withData({ dtype, shape, data }: HostInput, values: readonly number[]): HostInput {
  return { dtype, shape, data: (data.constructor as Int32ArrayConstructor).from(values) };
}

/** The same with other values: pictures mirrored in value, all else half as large again. */
function shaken(one: HostInput): HostInput {
  const values = Array.from(one.data, (value) => {
    if (one.dtype === 'uint8') return 255 - value;
    return one.dtype === 'int32' ? value + 1 : value * 1.5;
  });
  return withData(one, values);
}

describe('a measured step', () => {
  it('changes no bit of what is trained, and gives the same loss', async () => {
    const fed = await inputs();
    const plain = after(fed);
    const { measures, ...rest } = after(fed, true);
    expect(rest).toEqual(plain);
    expect(measures!.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
    expect(after(fed)).toEqual(plain);
  });
});

describe('the trace of a step', () => {
  const serves = (changed: TrainConfigInput) => step.serves({ ...options, config: configOf({ ...input, ...changed }) });

  it.each<[string, TrainConfigInput]>([
    ['rates and cycles', { schedule: { maxLearningRate: 0.5, cycleEpochs: 4 } }],
    ['the numbers of the optimizer', { optimizer: { name: 'adamw', weightDecay: 0.01, beta1: 0.5, momentum: 0.1 } }],
    ['what techniques do on the host', { loss: { labelSmoothing: 0.2, classWeights: 'balanced' } }],
    ['seed, folds and preset', { seed: 9, data: { batchSize: 6, folds: 7 }, preset: 'quick' }],
  ])('serves a configuration with other %s', (_, changed) => {
    expect(serves(changed)).toBe(true);
  });

  it.each<[string, TrainConfigInput]>([
    ['another optimizer', { optimizer: { name: 'nesterov', weightDecay: 0.01 } }],
    ['another ε, which is a constant of it', { optimizer: { name: 'adamw', weightDecay: 0.01, epsilon: 1e-6 } }],
    ['norms that are frozen', { tune: { regime: 'all', normMode: 'frozen' } }],
    ['clipped gradients', { optimizer: { name: 'adamw', weightDecay: 0.01, clipNorm: 1 } }],
    ['no dropout', { model: { dropout: 0 } }],
  ])('does not serve one with %s', (_, changed) => {
    expect(serves(changed)).toBe(false);
  });
});

describe('two runs', () => {
  const runOf = async (seed: number, runId: string) => {
    const config = configOf({ ...input, seed });
    const one = await tinyRun(folder, run.context.job.dataset, config, { runId, network: tinyNetwork(spec) });
    await one.train();
    await one.close();
    return { losses: one.steps.map(({ measures }) => measures.loss), end: one.atSnapshot };
  };

  it('with equal seeds agree bit for bit, with different ones they differ', async () => {
    const first = await runOf(1, 'first');
    expect(await runOf(1, 'again')).toEqual(first);
    const other = await runOf(2, 'other');
    expect(other.losses[0]).not.toBe(first.losses[0]);
    expect(other.end).not.toEqual(first.end);
  });
});
