import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import type { HostInputs } from '../../src/train/batch-source.ts';
import { compileTrainingStep, type TrainingStep, type TrainingStepOptions } from '../../src/train/compiled-step.ts';
import { CompiledSteps } from '../../src/train/compiled-steps.ts';
import { batchInputs, rateInputs } from '../../src/train/step-inputs.ts';
import { indices } from '../support/indices.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { configOf, paintedDataset, tinyRun, valuesOf, type TinyRun } from '../support/training-fixture.ts';

/** The stem is frozen, the deep group and the head train. */
const freezeTo = 1;
let folder: string;
let run: TinyRun;
let first: TrainingStepOptions;
beforeAll(async () => {
  await loadRuntime();
  const config = configOf({
    tune: { regime: 'all', normMode: 'training' },
    optimizer: { name: 'adamw', weightDecay: 0.01 },
    data: { batchSize: 6 },
  });
  folder = await mkdtemp(join(tmpdir(), 'anneal-steps-'));
  run = await tinyRun(folder, await paintedDataset(folder, { perClass: 4 }), config);
  const { network, task } = run;
  first = {
    spec: network.spec,
    params: network.params,
    slots: {},
    source: task.source,
    config,
    freezeTo,
    example: await inputs(),
  };
});
afterAll(async () => {
  await run.close();
  await rm(folder, { recursive: true, force: true });
});

async function inputs(batch = 0, pictures = indices(0, 1, 4, 5, 8, 9)): Promise<HostInputs> {
  const { source, labelOf, config } = run.task;
  const options = { config, source, labelOf, classes: 3, classCounts: [4, 4, 4] };
  return {
    ...(await batchInputs(options, pictures, pictures.length, { branch: 0, epoch: 0, batch })),
    ...rateInputs(config, 0.01, [1, 1, 1], [batch + 1, batch + 1, batch + 1]),
  };
}

/** As the next fold begins: another head on the same network. */
function withOtherHead(): TrainingStepOptions {
  const { params } = first;
  return { ...first, params: { ...params, 'fc.weight': tf.mul(params['fc.weight']!, 1.5) } };
}

async function afterTwoSteps(step: TrainingStep): Promise<unknown> {
  const losses: number[] = [];
  for (const batch of [0, 1]) losses.push(step.run(await inputs(batch)).loss);
  const state = step.readState();
  const values = valuesOf(state);
  tf.dispose(state);
  return { losses, values };
}

describe('a step that was used before', () => {
  it('begins anew and gives the bits of one that is freshly compiled', () =>
    expectNoTensorLeak(async () => {
      const next = withOtherHead();
      const fresh = compileTrainingStep(next);
      const expected = await afterTwoSteps(fresh);
      fresh.dispose();

      const steps = new CompiledSteps();
      const used = steps.take(first);
      expect(await afterTwoSteps(used)).not.toEqual(expected);
      steps.giveBack(used);
      const again = steps.take(next);
      expect(again).toBe(used);
      expect(await afterTwoSteps(again)).toEqual(expected);
      steps.giveBack(again);
      steps.dispose();
      next.params['fc.weight']!.dispose();
    }));

  it('goes on from the slots that it is given', () =>
    expectNoTensorLeak(async () => {
      const steps = new CompiledSteps();
      const used = steps.take(first);
      await afterTwoSteps(used);
      const state = used.readState();
      const expected = await afterTwoSteps(used);
      steps.giveBack(used);
      const again = steps.take({ ...first, params: { ...first.params, ...state }, slots: state });
      expect(again).toBe(used);
      expect(await afterTwoSteps(again)).toEqual(expected);
      steps.giveBack(again);
      steps.dispose();
      tf.dispose(state);
    }));

  it.each<[string, () => Promise<Partial<TrainingStepOptions>> | Partial<TrainingStepOptions>]>([
    ['other weights in what is frozen', () => ({ params: { ...first.params, ...moved('conv.weight') } })],
    ['another freeze boundary', () => ({ freezeTo: 2 })],
    ['batches of another size', async () => ({ example: await inputs(0, indices(0, 4, 8)) })],
    ['another optimizer', () => ({ config: configOf({ tune: { regime: 'all' }, optimizer: { name: 'nesterov' } }) })],
  ])('does not serve %s', async (_, changed) => {
    const step = compileTrainingStep(first);
    expect(step.serves(first)).toBe(true);
    expect(step.serves({ ...first, ...(await changed()) })).toBe(false);
    step.dispose();
  });
});

const moved = (name: string) => ({ [name]: tf.add(first.params[name]!, 1) });
