import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../../src/settings/train-config.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import type { BatchSource } from '../../../src/train/batch-source.ts';
import { loadCheckpoint } from '../../../src/train/checkpoint.ts';
import { fineTune } from '../../../src/train/fine-tune.ts';
import { RunStopped } from '../../../src/train/run-stopped.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configOf, paintedDataset, tinyRun, valuesOf } from '../../support/training-fixture.ts';

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(async () => {
  folder = temporaryFolder();
  dataset = await paintedDataset(folder, { perClass: 5 });
});

/** 15 pictures by 6: 3 steps an epoch, 4 epochs, a snapshot after every second. */
const config: TrainConfigInput = {
  data: { batchSize: 6 },
  tune: { regime: 'upper', normMode: 'training' },
  augment: { mode: 'none' },
  schedule: { cycleEpochs: 2, numCycles: 2, maxLearningRate: 0.01 },
};

type Places = readonly (readonly [epoch: number, batch: number])[];

/** Gives features that no number survives, in these batches alone. */
function spoilt(source: BatchSource, places: Places): BatchSource {
  return {
    from: source.from,
    constants: source.constants,
    async training(pictures, position) {
      const inputs = await source.training(pictures, position);
      if (!places.some(([epoch, batch]) => epoch === position.epoch && batch === position.batch)) return inputs;
      const { features } = inputs;
      return { ...inputs, features: { ...features!, data: new Float32Array(features!.data.length).fill(NaN) } };
    },
    evaluation: (pictures) => source.evaluation(pictures),
    trainingActivations: (...given) => source.trainingActivations(...given),
    evaluationActivations: (inputs, constants) => source.evaluationActivations(inputs, constants),
  };
}

async function attempt(input: TrainConfigInput, places: Places, runId = 'run', stopAfter = Infinity) {
  const epochs: Record<string, number[]>[] = [];
  const losses: number[] = [];
  const run = await tinyRun(folder, dataset, configOf(input), {
    runId,
    listener: {
      epochEnded({ params, trainLoss }) {
        epochs.push(valuesOf(params));
        losses.push(trainLoss);
        return Promise.resolve();
      },
    },
  });
  run.host.control = () => (run.steps.length >= stopAfter ? 'stop' : 'go');
  const task = { ...run.task, source: spoilt(run.task.source, places) };
  const result = await fineTune(run.context, task).catch((error: unknown) => error);
  const told = run.host.events.filter(({ type }) => type === 'diagnosticFound');
  const start = valuesOf(run.network.params);
  await run.close();
  const kept = await loadCheckpoint(run.context.job.runFolder, 'final');
  return { ...run, start, result, epochs, losses, told, kept: kept! };
}

describe('a step that leaves no number', () => {
  it('puts weights back to the end of the epoch before, to the bit, at a third of the rate from there on', async () => {
    // The last step of the third epoch: what that epoch ends with is what the second ended with.
    const { epochs, result, steps, told, kept, task } = await attempt(config, [[2, 2]]);
    expect(result).toEqual({ snapshots: 2, best: 1 });
    expect(epochs).toHaveLength(4);
    expect(epochs[2]).toEqual(epochs[1]);
    expect(epochs[3]).not.toEqual(epochs[2]);
    const rates = steps.map(({ measures }) => measures.learningRate);
    rates.forEach((rate, step) => expect(rate).toBeCloseTo(task.plan.rate(step) / (step < 9 ? 1 : 3), 12));
    expect(told).toMatchObject([
      {
        code: 'train.steppedBack',
        params: { cause: 'notFinite', loss: 'NaN', step: 9, to: 6, learningRate: 0.01 * (1 / 3) },
        step: 9,
      },
    ]);
    expect(kept.position.stepBacks).toEqual([{ step: 9, lost: 3, cause: 'notFinite' }]);
  });

  it('in the first epoch puts training back to its start, slots as well', async () => {
    const whole = await attempt(config, [[0, 0]], 'first');
    expect(whole.told).toMatchObject([{ params: { step: 1, to: 0 } }]);
    expect(whole.kept.position.stepBacks).toEqual([{ step: 1, lost: 1, cause: 'notFinite' }]);
    // Two steps from the start are what this epoch is: the first moves as far as a first step of AdamW does.
    const adamw: TrainConfigInput = { ...config, optimizer: { name: 'adamw', weightDecay: 0, epsilon: 1e-12 } };
    const twice = await attempt(
      { ...adamw, schedule: { name: 'constant', epochs: 1, maxLearningRate: 0.03 } },
      [
        [0, 0],
        [0, 1],
      ],
      'adamw',
    );
    const moves = twice.epochs[0]!['fc.weight']!.map((value, i) => Math.abs(value - twice.start['fc.weight']![i]!));
    for (const move of moves) expect(Math.abs(move / (0.03 / 9) - 1)).toBeLessThan(1e-3);
  });

  it('counts in no mean: the epoch is told by its other steps', async () => {
    const { losses, steps } = await attempt(config, [[1, 0]]);
    const [, second] = losses;
    const mean = (steps[4]!.measures.loss + steps[5]!.measures.loss) / 2;
    expect(second).toBeCloseTo(mean, 12);
    expect(losses.every(Number.isFinite)).toBe(true);
  });

  it('for the fourth time ends the training with the cause, and keeps a checkpoint of numbers', async () => {
    const places: Places = [
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 1],
    ];
    const { result, told, kept } = await attempt(config, places);
    expect(result).toMatchObject({
      code: 'train.diverged',
      kind: 'failure',
      params: { cause: 'notFinite', step: 11, stepBacks: 3 },
    });
    expect(told).toHaveLength(3);
    expect(Object.values(kept.state).every(({ data }) => (data as Float32Array).every(Number.isFinite))).toBe(true);
  });
});

describe('a training that was put back', () => {
  const twice: Places = [
    [0, 1],
    [2, 0],
  ];
  it.each<[string, TrainConfigInput]>([
    ['in a chain of cycles, with momentum', { ...config, optimizer: { name: 'nesterov' } }],
    ['in star branches, with AdamW', { ...config, optimizer: { name: 'adamw' }, ensemble: { start: 'star' } }],
  ])('ends with the same bits, whenever it was stopped and resumed: %s', async (name, input) => {
    const whole = await attempt(input, twice, `whole ${name}`);
    expect(whole.kept.position.stepBacks.map(({ step, lost }) => [step, lost])).toEqual([
      [2, 2],
      [7, 1],
    ]);
    for (const stopAfter of [1, 2, 5, 7, 8, 10]) {
      const runId = `${name} ${stopAfter}`;
      const first = await attempt(input, twice, runId, stopAfter);
      expect(first.result).toBeInstanceOf(RunStopped);
      const second = await attempt(input, twice, runId);
      expect(second.result).toEqual(whole.result);
      expect(second.kept, `stopped after ${stopAfter}`).toEqual(whole.kept);
      expect([...first.told, ...second.told]).toEqual(whole.told);
    }
  });

  it('keeps its good state apart in a checkpoint within an epoch, and once only at its end', async () => {
    const names = ({ good, state }: NonNullable<typeof kept>) => [Object.keys(good ?? {}), Object.keys(state)] as const;
    const { kept } = await attempt(config, [], 'within', 4);
    expect(kept.position).toMatchObject({ step: 4, goodStep: 3, goodIsStart: false });
    const [good, state] = names(kept);
    expect(good).toEqual(state);
    expect(kept.good).not.toEqual(kept.state);
    const ended = await attempt(config, [], 'ended', 6);
    expect(ended.kept.good).toEqual(ended.kept.state);
    const before = await attempt(config, [], 'before', 1);
    expect(before.kept).toMatchObject({ good: null, position: { goodIsStart: true } });
  });
});
