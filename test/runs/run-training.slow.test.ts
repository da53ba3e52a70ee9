import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { RunMembers } from '../../src/runs/run-members.ts';
import { readModelFolder } from '../../src/ensemble/model-folder.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { RunEventBody } from '../../src/protocol/train-job.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(async () => {
  folder = temporaryFolder();
  dataset = await paintedDataset(folder, { perClass: 10 });
});

const scratch = (...set: string[]) =>
  resolveConfig({
    preset: 'scratch',
    set: ['schedule.cycleEpochs=1', 'schedule.numCycles=2', 'data.batchSize=8', 'augment.mode=none', ...set],
  });

const ofType = <T extends RunEventBody['type']>(events: readonly RunEventBody[], type: T) =>
  events.filter((event): event is Extract<RunEventBody, { type: T }> => event.type === type);

describe('a run', () => {
  it('leaves no tensor behind, and a model of what it reports', async () => {
    const host = rememberingHost();
    const job = await jobOf(folder, dataset, scratch());
    const result = await expectNoTensorLeak(() => runTraining(job, host));
    const { model } = await readModelFolder(job.runFolder);
    expect(model.members.map(({ sha256 }) => sha256)).toEqual(result.members.map(({ sha256 }) => sha256));
    expect(model.metrics).toEqual({ ensemble: result.ensemble, test: result.test });
    expect(ofType(host.events, 'snapshotSaved').map(({ snapshot }) => snapshot.sha256)).toEqual(
      result.members.map(({ sha256 }) => sha256),
    );
    expect(result.split).toEqual({ train: 18, validation: 6, test: 6 });
  });

  it('that failed after training is finished without training again, and a finished one gives its result', async () => {
    const job = await jobOf(folder, dataset, scratch());
    const blocked = join(job.runFolder, 'predictions', 'test.safetensors');
    await mkdir(blocked, { recursive: true });
    const first = rememberingHost();
    await expect(runTraining(job, first)).rejects.toThrow();
    expect(ofType(first.events, 'snapshotSaved')).toHaveLength(2);
    await rmdir(blocked);

    const second = rememberingHost();
    const result = await runTraining({ ...job, attempt: 2 }, second);
    expect(ofType(second.events, 'stepEnded')).toEqual([]);
    expect(ofType(second.events, 'runStarted')).toMatchObject([{ resumedFromStep: 6, step: 6 }]);
    expect(result.members.map(({ sha256 }) => sha256)).toEqual(
      ofType(first.events, 'snapshotSaved').map(({ snapshot }) => snapshot.sha256),
    );

    const third = rememberingHost();
    expect(await runTraining({ ...job, attempt: 3 }, third)).toEqual(result);
    expect(third.events).toEqual([]);
  });

  it('that stops early averages members up to the best cycle only', async () => {
    const job = await jobOf(folder, dataset, scratch('schedule.numCycles=6', 'stop.patienceCycles=1'));
    const host = rememberingHost();
    const result = await runTraining(job, host);
    const saved = ofType(host.events, 'snapshotSaved').map(({ snapshot }) => snapshot);
    const accuracies = saved.map(({ accuracy }) => accuracy!.accuracy);
    const best = accuracies.indexOf(Math.max(...accuracies));
    const names = saved.slice(0, best + 1).map(({ name }) => name);
    const { model } = await readModelFolder(job.runFolder);
    expect(model.members.map(({ name }) => name)).toEqual(names);
    expect((await RunMembers.open(job.runFolder)).judged().map(({ name }) => name)).toEqual(names);
    expect(result.members.map(({ name }) => name)).toEqual(names);
    // It went on for one cycle after the best, unless the plan ended there.
    expect(saved).toHaveLength(Math.min(6, best + 2));
  });
});
