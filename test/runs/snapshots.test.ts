import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { RunMembers } from '../../src/runs/run-members.ts';
import { loadSnapshot, saveSnapshot, trainedSnapshots } from '../../src/runs/snapshots.ts';
import type { DatasetIndex } from '../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { configOf, paintedDataset, tinyRun, type TinyRun } from '../support/training-fixture.ts';

let folder: string;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(() => {
  folder = temporaryFolder();
});

const classes = 3;

/** Three cycles; each snapshot is stored with its probabilities for all pictures, as the regimes do it. */
async function threeCycles(input: TrainConfigInput): Promise<TinyRun> {
  const dataset = await paintedDataset(folder, { perClass: 4 });
  const config = configOf({
    data: { batchSize: 4 },
    schedule: { cycleEpochs: 2, numCycles: 3, maxLearningRate: 0.1 },
    ...input,
  });
  const run: TinyRun = await tinyRun(folder, dataset, config, {
    listener: {
      async snapshot({ index, params }) {
        const { setup, context } = run;
        const probabilities = await setup.evaluator.probabilities(params, run.task.pictures);
        const member = await saveSnapshot(context, setup, { index, params, accuracy: null, milliseconds: null });
        const members = await RunMembers.open(context.job.runFolder);
        await members.put(member, probabilities, classes);
      },
    },
  });
  await run.train();
  return run;
}

const largest = (a: Float32Array, b: Float32Array) => Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));

describe('a snapshot', () => {
  it.each<[string, TrainConfigInput]>([
    ['with batch norm in training mode', { tune: { regime: 'all', normMode: 'training' } }],
    ['behind a frozen trunk', { tune: { regime: 'upper', normMode: 'training' } }],
  ])('of cycle 1, loaded after cycle 3, gives its stored probabilities again: %s', async (_, input) => {
    await expectNoTensorLeak(async () => {
      const run = await threeCycles(input);
      const { context, setup, task } = run;
      const members = (await RunMembers.open(context.job.runFolder)).judged();
      expect(members.map(({ index }) => index)).toEqual([0, 1, 2]);
      for (const member of members) {
        const params = await loadSnapshot(context, setup, member);
        const again = await setup.evaluator.probabilities(params, task.pictures);
        expect(largest(again, member.probabilities), member.name).toBeLessThan(1e-6);
        tf.dispose(params);
      }
      expect(largest(members[0]!.probabilities, members[2]!.probabilities)).toBeGreaterThan(1e-3);
      await setup.dispose();
      await context.close();
      tf.dispose(run.network.params);
    });
  });

  it('is judged on further pictures as the evaluator judged it in training', async () => {
    const run = await threeCycles({ tune: { regime: 'upper' } });
    const members = (await RunMembers.open(run.context.job.runFolder)).judged();
    const trained = trainedSnapshots(
      run.context,
      run.setup,
      members.map((member) => ({ ...member, weight: 1 })),
    );
    const pictures = [11, 2, 7] as DatasetIndex[];
    const judged = await trained.predict(pictures);
    judged.forEach((probabilities, m) => {
      const stored = pictures.flatMap((row) => [
        ...members[m]!.probabilities.subarray(row * classes, (row + 1) * classes),
      ]);
      expect(largest(probabilities, Float32Array.from(stored))).toBeLessThan(1e-6);
    });
    const mean = averageProbabilities(judged);
    for (let row = 0; row < 3; row++) {
      const sum = mean.subarray(row * classes, (row + 1) * classes).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 5);
    }
    await trained.dispose();
    await run.context.close();
  });

  it('of equal weights is one file, and a cycle done again replaces its member', async () => {
    const run = await threeCycles({ tune: { regime: 'upper' } });
    const { runFolder } = run.context.job;
    const members = await RunMembers.open(runFolder);
    const [first, second] = members.judged();
    const params = await loadSnapshot(run.context, run.setup, first!);
    const saved = { params, accuracy: null, milliseconds: null };
    const again = await saveSnapshot(run.context, run.setup, { index: 0, ...saved });
    expect(again).toMatchObject({ name: first!.name, file: first!.file, sha256: first!.sha256, bytes: first!.bytes });
    const replacement = await saveSnapshot(run.context, run.setup, { index: 1, ...saved });
    await members.put(replacement, first!.probabilities, classes);
    const reopened = (await RunMembers.open(runFolder)).judged();
    expect(reopened.map(({ name }) => name)).toEqual(['snapshot-1', 'snapshot-2', 'snapshot-3']);
    expect(reopened[1]!.sha256).toBe(first!.sha256);
    expect(reopened[1]!.sha256).not.toBe(second!.sha256);
    tf.dispose(params);
    await run.close();
  });
});
