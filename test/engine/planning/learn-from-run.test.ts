import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../../src/settings/resolve-config.ts';
import { learnFromRun } from '../../../src/engine/planning/learn-from-run.ts';
import { TrainingPlan } from '../../../src/schedules/training-plan.ts';
import { planRun } from '../../../src/engine/planning/plan-run.ts';
import { Speeds } from '../../../src/engine/planning/speeds.ts';
import type { PresetName } from '../../../src/settings/preset-names.ts';
import type { RunEvent, RunResult } from '../../../src/protocol/run-event.ts';
import type { StoredEvent } from '../../../src/protocol/run-record.ts';
import { listZoo } from '../../../src/zoo/index.ts';
import { countedDataset } from '../../support/plan-dataset.ts';

const dataset = countedDataset(200, ['a', 'b', 'c', 'd', 'e']);
const zoo = await listZoo(join(tmpdir(), 'anneal-no-zoo'));
const free = { memoryBytes: 16e9, diskBytes: 100e9 };
const model = { backbone: 'efficientnet_lite0' };

const tell = (at: number, event: object): StoredEvent => ({
  seq: at,
  at,
  superseded: false,
  event: { runId: 'r', attempt: 1, step: 0, ...event } as RunEvent,
});
const progress = (at: number, phase: string, done: number, total: number) =>
  tell(at, { type: 'phaseProgressed', phase, done, total, secondsLeft: null });

function learn(preset: PresetName, events: readonly StoredEvent[], folds = 0) {
  const { config } = checkConfig(preset, { model });
  const result = { backbone: 'efficientnet_lite0', timings: { total: 1, folds } } as RunResult;
  return learnFromRun({ config, result, events }, dataset, zoo);
}

describe('a finished run', () => {
  it('teaches how fast features, heads and decoding are, so that the next plan adds up to what it took', () => {
    // 1000 pictures of 0.3 megapixels decoded in 6 s, 800 through the network in 16 s, heads in 3 s.
    const events = [
      progress(0, 'cache', 0, 1000),
      progress(6000, 'cache', 1000, 1000),
      progress(7000, 'features', 0, 800),
      progress(15_000, 'features', 400, 800),
      progress(23_000, 'features', 800, 800),
    ];
    const speeds = new Speeds(learn('quick', events, 3));
    const { estimate } = planRun({ dataset, zoo, speeds, free }, 'quick', { model });
    expect(estimate.basis).toBe('measured');
    // Start 4 s; the test part's 200 pictures go through the network too.
    expect(estimate.seconds).toBeCloseTo(4 + 6 + 16 + 3 + 16 / 4, 1);
  });

  it('does not take pictures that were in the cache for decoded ones', () => {
    const events = [progress(0, 'cache', 0, 1000), progress(100, 'cache', 1000, 1000)];
    expect(learn('quick', events).map(({ kind }) => kind)).not.toContain('decode');
  });

  it('teaches the speed of steps and the memory of a training', () => {
    const step = { type: 'stepEnded', measures: { loss: 1, learningRate: 1 }, totalSteps: 9, secondsLeft: null };
    const epoch = { type: 'epochEnded', epoch: 1, totalEpochs: 2, trainLoss: 1, train: null, validation: null };
    const sources = { dataset, zoo, free };
    const before = planRun({ ...sources, speeds: new Speeds([]) }, 'thorough', { model }).estimate;
    const resident = before.memoryBytes * 1.5;
    const rows = learn('thorough', [
      ...[20, 40, 30].map((picturesPerSecond, i) => tell(i, { ...step, picturesPerSecond })),
      tell(4, { ...epoch, validationLoss: null, residentBytes: resident / 2 }),
      tell(5, { ...epoch, validationLoss: null, residentBytes: resident }),
    ]);
    const plan = planRun({ ...sources, speeds: new Speeds(rows) }, 'thorough', { model });
    expect(plan.estimate.memoryBytes).toBeCloseTo(resident, -3);
    // The median of 20, 30 and 40 pictures a second; everything else is counted in the same unit.
    const steps = new TrainingPlan(plan.training!).picturesShown / 30;
    expect(plan.estimate.seconds!).toBeGreaterThan(steps);
    expect(plan.estimate.seconds!).toBeLessThan(1.5 * steps + 60);
  });
});
