import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { averageProbabilities } from '../../src/metrics/average-probabilities.ts';
import { MemberLog } from '../../src/runs/member-log.ts';
import { loadSnapshot, saveSnapshot, trainedSnapshots } from '../../src/runs/snapshots.ts';
import type { TrainConfigInput } from '../../src/protocol/train-config.ts';
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
      async snapshot({ index: cycle, params }) {
        const { setup, context } = run;
        const probabilities = await setup.evaluator.probabilities(params, run.task.pictures);
        const member = await saveSnapshot(context, setup, cycle, params, null);
        const log = await MemberLog.open(context.job.runFolder);
        await log.put({ cycle, member, probabilities, milliseconds: null }, classes);
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
      const log = (await MemberLog.open(context.job.runFolder)).entries();
      expect(log.map(({ cycle }) => cycle)).toEqual([0, 1, 2]);
      for (const { member, probabilities } of log) {
        const params = await loadSnapshot(context, setup, member);
        const again = await setup.evaluator.probabilities(params, task.pictures);
        expect(largest(again, probabilities), member.name).toBeLessThan(1e-6);
        tf.dispose(params);
      }
      expect(largest(log[0]!.probabilities, log[2]!.probabilities)).toBeGreaterThan(1e-3);
      await setup.dispose();
      await context.close();
      tf.dispose(run.network.params);
    });
  });

  it('is judged on further pictures as the evaluator judged it in training', async () => {
    const run = await threeCycles({ tune: { regime: 'upper' } });
    const log = (await MemberLog.open(run.context.job.runFolder)).entries();
    const trained = trainedSnapshots(
      run.context,
      run.setup,
      log.map(({ member }) => member),
    );
    const pictures = [11, 2, 7];
    const judged = await trained.judge(pictures);
    judged.forEach((probabilities, m) => {
      const stored = pictures.flatMap((row) => [...log[m]!.probabilities.subarray(row * classes, (row + 1) * classes)]);
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

  it('of equal weights is one file, and a cycle done again replaces its entry', async () => {
    const run = await threeCycles({ tune: { regime: 'upper' } });
    const { runFolder } = run.context.job;
    const [first, second] = (await MemberLog.open(runFolder)).entries();
    const params = await loadSnapshot(run.context, run.setup, first!.member);
    const again = await saveSnapshot(run.context, run.setup, 0, params, null);
    expect(again).toEqual(first!.member);
    const log = await MemberLog.open(runFolder);
    await log.put({ ...first!, cycle: 1 }, classes);
    const reopened = (await MemberLog.open(runFolder)).entries();
    expect(reopened).toHaveLength(3);
    expect(reopened[1]!.member.sha256).toBe(first!.member.sha256);
    expect(reopened[1]!.member.sha256).not.toBe(second!.member.sha256);
    tf.dispose(params);
    await run.close();
  });
});
