import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { batchInputs, rateInputs } from '../../src/train/step-inputs.ts';
import { TrainingSteps } from '../../src/train/training-steps.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { configOf, paintedDataset, tinyRun, valuesOf, type TinyRun } from '../support/training-fixture.ts';

let folder: string;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(() => {
  folder = temporaryFolder();
});

/** Head alone, then the deep group too, then all; one step with all pictures a cycle. */
const gradual: TrainConfigInput = {
  tune: { regime: 'all', gradualUnfreezing: true, headStart: 'random', normMode: 'training' },
  optimizer: { name: 'momentum', momentum: 0.9 },
  data: { batchSize: 9 },
  schedule: { cycleEpochs: 1, numCycles: 3, maxLearningRate: 0.01 },
};

async function openRun(input: TrainConfigInput): Promise<TinyRun> {
  return tinyRun(folder, await paintedDataset(folder, { perClass: 3 }), configOf(input));
}

const groupOf = (name: string) => (name.startsWith('fc') ? 'head' : name.startsWith('deep') ? 'deep' : 'stem');

/** Groups of which some parameter or statistic differs in a bit. */
function changedGroups(before: Record<string, number[]>, after: Record<string, number[]>): string[] {
  const changed = Object.keys(after).filter((name) => after[name]!.join() !== before[name]!.join());
  return [...new Set(changed.map(groupOf))].sort();
}

describe('gradual unfreezing', () => {
  it('leaves every bit of what is still frozen as it was, statistics too, and trains the rest', async () => {
    const run = await openRun(gradual);
    const start = valuesOf(run.network.params);
    await run.train();
    const [first, second, third] = run.atSnapshot;
    expect(changedGroups(start, first!)).toEqual(['head']);
    expect(changedGroups(first!, second!)).toEqual(['deep', 'head']);
    expect(changedGroups(second!, third!)).toEqual(['deep', 'head', 'stem']);
    for (const name of ['deep.weight', 'deepNorm.running_mean', 'deepNorm.running_var']) {
      expect(second![name], name).not.toEqual(first![name]);
    }
    await run.close();
  });

  it('carries slots over by name when it traces anew; those of newly trained parameters are zero', async () => {
    const run = await openRun(gradual);
    const steps = trainingSteps(run);
    const inputs = await inputsOf(run, 0);
    await steps.enter(0, inputs);
    steps.run(inputs);
    const before = valuesAndDispose(steps);
    await steps.enter(1, inputs);
    const after = valuesAndDispose(steps);
    const slots = Object.keys(after).filter((name) => name.includes('#'));
    expect(Object.keys(before).filter((name) => name.includes('#'))).toEqual([
      'fc.weight#momentum',
      'fc.bias#momentum',
    ]);
    for (const name of ['fc.weight#momentum', 'fc.bias#momentum']) {
      expect(after[name]).toEqual(before[name]);
      expect(Math.max(...after[name]!.map(Math.abs))).toBeGreaterThan(0);
    }
    const fresh = slots.filter((name) => groupOf(name) !== 'head');
    expect(fresh.sort()).toEqual(['deep.weight', 'deepNorm.bias', 'deepNorm.weight'].map((name) => `${name}#momentum`));
    for (const name of fresh) expect(new Set(after[name])).toEqual(new Set([0]));
    for (const name of Object.keys(before)) expect(after[name], name).toEqual(before[name]);
    steps.dispose();
    await run.close();
  });

  it('keeps the bits of groups that are frozen again', async () => {
    const run = await openRun(gradual);
    const steps = trainingSteps(run);
    const inputs = await inputsOf(run, 0);
    await steps.enter(2, inputs);
    steps.run(inputs);
    const trained = valuesAndDispose(steps);
    await steps.enter(0, inputs);
    steps.run(inputs);
    const { ...again } = valuesAndDispose(steps);
    const parameters = Object.fromEntries(Object.entries(again).filter(([name]) => !name.includes('#')));
    expect(changedGroups(trained, parameters)).toEqual(['head']);
    steps.dispose();
    await run.close();
  });

  it('corrects the bias of fresh AdamW slots from their own first step on', async () => {
    const run = await openRun({ ...gradual, optimizer: { name: 'adamw', weightDecay: 0, epsilon: 1e-12 } });
    await run.train();
    const [first, second] = run.atSnapshot;
    // m̂ / √v̂ of a first step is ±1: a step as long as the rate. A cycle of one step is at its peak.
    const moves = second!['deep.weight']!.map((value, i) => Math.abs(value - first!['deep.weight']![i]!));
    const moved = moves.filter((move) => move > 0);
    expect(moved.length).toBeGreaterThan(moves.length / 2);
    for (const move of moved) expect(Math.abs(move / 0.01 - 1)).toBeLessThan(1e-3);
    await run.close();
  });
});

/** Nothing restored, no star branches. */
const trainingSteps = ({ task }: TinyRun): TrainingSteps => new TrainingSteps(task, null, () => Promise.resolve({}));

async function inputsOf({ task }: TinyRun, step: number) {
  const { config, source, labelOf, pictures, network, plan } = task;
  const { classes } = network.spec;
  const options = { config, source, labelOf, classes, classCounts: [3, 3, 3] };
  return {
    ...(await batchInputs(options, pictures, pictures.length, { branch: 0, epoch: 0, batch: 0 })),
    ...rateInputs(config, 0.01, plan.lrScales, plan.slotSteps(step)),
  };
}

function valuesAndDispose(steps: TrainingSteps): Record<string, number[]> {
  const state = steps.readState();
  const values = valuesOf(state);
  tf.dispose(state);
  return values;
}
