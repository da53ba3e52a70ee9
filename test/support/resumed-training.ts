import { expect } from 'vitest';
import { saveSnapshot } from '../../src/runs/snapshots.ts';
import { replaceHead } from '../../src/models/rewrites.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadCheckpoint } from '../../src/train/checkpoint.ts';
import { RunStopped } from '../../src/train/run-stopped.ts';
import { tinySpec } from './tiny-model.ts';
import { configOf, tinyNetwork, tinyRun } from './training-fixture.ts';

/** A workspace and its pictures. */
export interface Place {
  readonly folder: string;
  readonly dataset: Dataset;
}

/** Sha256 of the snapshots' files by index, and the accuracies that early stopping is told of them. */
export interface Followed {
  readonly sha256: Map<number, string>;
  readonly accuracies?: readonly number[];
}

/** Trains, or goes on with what an attempt of the same `runId` left; asks it to stop after `stopAfter` steps. */
export async function attempt(
  { folder, dataset }: Place,
  config: TrainConfigInput,
  runId: string,
  followed: Followed,
  stopAfter = Infinity,
) {
  const spec = replaceHead(tinySpec(dataset.classes.length), dataset.classes.length, { dropoutRate: 0.3 });
  const run = await tinyRun(folder, dataset, configOf(config), {
    runId,
    network: tinyNetwork(spec),
    listener: {
      async snapshot({ index, params }) {
        const saved = await saveSnapshot(run.context, run.setup, { index, params, accuracy: null, milliseconds: null });
        followed.sha256.set(index, saved.sha256);
      },
    },
    ...(followed.accuracies && {
      judge: () => Promise.resolve({ accuracy: followed.accuracies![followed.sha256.size]!, loss: 1 }),
    }),
  });
  run.host.control = () => (run.steps.length >= stopAfter ? 'stop' : 'go');
  const result = await run.train().catch((error: unknown) => error);
  await run.close();
  return { run, result };
}

export async function undisturbed(place: Place, config: TrainConfigInput, accuracies?: number[]) {
  const followed: Followed = { sha256: new Map<number, string>(), ...(accuracies && { accuracies }) };
  const { result, run } = await attempt(place, config, 'undisturbed', followed);
  const { runFolder } = run.context.job;
  return { ...followed, result, run, final: (await loadCheckpoint(runFolder, 'final'))! };
}

/** Everything random is on; dropout is in the network. */
export const randomConfig: TrainConfigInput = {
  data: { batchSize: 6 },
  model: { dropout: 0.3 },
  optimizer: { name: 'nesterov' },
  augment: { mode: 'online', brightness: 0.2, rotation: 10 },
  // 15 pictures by 6: 3 steps an epoch, 3 a cycle.
  schedule: { cycleEpochs: 1, numCycles: 3, maxLearningRate: 0.05 },
};

/** Ways to train of which each restarts, or changes what it trains, at other moments. 15 pictures: 9 steps, 3 cycles. */
export const resumable: [string, TrainConfigInput][] = [
  ['a chain of cycles', { ...randomConfig, tune: { regime: 'all', normMode: 'training' } }],
  ['star branches', { ...randomConfig, tune: { regime: 'upper' }, ensemble: { start: 'star' } }],
  [
    'gradual unfreezing with AdamW',
    {
      ...randomConfig,
      tune: { regime: 'all', gradualUnfreezing: true, headStart: 'random' },
      optimizer: { name: 'adamw' },
    },
  ],
  [
    'star branches that begin within an epoch',
    {
      ...randomConfig,
      tune: { regime: 'upper' },
      ensemble: { start: 'star' },
      schedule: { ...randomConfig.schedule, warmupEpochs: 0.4 },
    },
  ],
];

/** Expects that stopping after each of these steps and resuming changes no bit of weights, slots, snapshots and losses. */
export async function expectSameBits(place: Place, config: TrainConfigInput, stops: readonly number[]): Promise<void> {
  const whole = await undisturbed(place, config);
  expect(whole.sha256.size).toBe(3);
  for (const stopAfter of stops) {
    const sha256 = new Map<number, string>();
    const runId = `stopped-${stopAfter}`;
    const first = await attempt(place, config, runId, { sha256 }, stopAfter);
    expect(first.result).toBeInstanceOf(RunStopped);
    const second = await attempt(place, config, runId, { sha256 });
    expect(second.result).toEqual(whole.result);
    expect(second.run.steps).toEqual(whole.run.steps.slice(stopAfter));
    expect(sha256, `stopped after step ${stopAfter}`).toEqual(whole.sha256);
    const final = (await loadCheckpoint(second.run.context.job.runFolder, 'final'))!;
    expect(final.position).toEqual(whole.final.position);
    expect(final.state).toEqual(whole.final.state);
  }
}
