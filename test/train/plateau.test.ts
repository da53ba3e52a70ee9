import { beforeAll, expect, it } from 'vitest';
import type { EpochOutcome } from '../../src/schedules/epoch-outcome.ts';
import { scheduleKinds } from '../../src/schedules/index.ts';
import { planTraining } from '../../src/schedules/plan-training.ts';
import { stepsAfterWarmUp, type ScheduleKind } from '../../src/schedules/schedule-kind.ts';
import { layersToTrain } from '../../src/models/layers-to-train.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { loadCheckpoint } from '../../src/train/checkpoint.ts';
import { fineTune } from '../../src/train/fine-tune.ts';
import { RunStopped } from '../../src/train/run-stopped.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { configOf, paintedDataset, tinyRun, type TinyRun } from '../support/training-fixture.ts';

beforeAll(async () => {
  await loadRuntime();
});

/** Halves the rate after every epoch whose validation loss is no better than the best before it. */
const plateau: ScheduleKind = {
  layOut: (settings, room) => ({
    steps: stepsAfterWarmUp(settings, room),
    cycleEnds: null,
    rate: (_, history) => settings.maxLearningRate * 0.5 ** worseEpochs(history),
  }),
};

function worseEpochs(history: readonly EpochOutcome[]): number {
  const losses = history.map(({ validation }) => validation!.loss);
  return losses.filter((loss, i) => loss >= Math.min(...losses.slice(0, i))).length;
}

const config = configOf({
  data: { batchSize: 6 },
  tune: { regime: 'upper' },
  schedule: { name: 'constant', epochs: 6, maxLearningRate: 0.04 },
});
/** Of the epochs: better, better, worse, worse, better, worse. */
const losses = [1, 0.8, 0.9, 0.85, 0.7, 0.7];

it('a rate that follows the validation resumes exactly: the checkpoint holds the epochs before', async () => {
  const folder = temporaryFolder();
  const dataset = await paintedDataset(folder, { perClass: 5 });
  const attempt = async (runId: string, stopAfter = Infinity) => {
    let epochs = 0;
    const run = await tinyRun(folder, dataset, config, {
      runId,
      listener: {
        epochEnded({ epoch }) {
          epochs = epoch + 1;
          return Promise.resolve();
        },
      },
    });
    const before = (await loadCheckpoint(run.context.job.runFolder, 'final'))?.position;
    epochs = before?.history.length ?? 0;
    const layers = layersToTrain(run.network.spec, config.tune);
    const kinds = { ...scheduleKinds, constant: plateau };
    const plan = planTraining(config, { ...layers, pictures: dataset.pictures.length }, kinds);
    const judge = () => Promise.resolve({ accuracy: 0.5, loss: losses[epochs]! });
    run.host.control = () => (run.steps.length >= stopAfter ? 'stop' : 'go');
    const ended = await fineTune(run.context, { ...run.task, plan, judge }).catch((error: unknown) => error);
    await run.close();
    return { ...run, before, ended };
  };
  const whole = await attempt('whole');
  // 15 pictures by 6 are 3 steps an epoch; epochs 3, 4 and 6 end without getting better, the last too late to matter.
  const rates = [0.04, 0.04, 0.04, 0.02, 0.01, 0.01].flatMap((rate) => [rate, rate, rate]);
  expect(whole.steps.map(({ measures }) => measures.learningRate)).toEqual(rates);

  const stopped = await attempt('resumed', 10);
  expect(stopped.ended).toBeInstanceOf(RunStopped);
  const resumed = await attempt('resumed');
  expect(resumed.before!.history.map(({ validation }) => validation!.loss)).toEqual([1, 0.8, 0.9]);
  expect([...stopped.steps, ...resumed.steps]).toEqual(whole.steps);
  expect(resumed.atSnapshot).toEqual(whole.atSnapshot);
});

it('a training that a listener stops ends there, and is not trained on when it is resumed', async () => {
  const folder = temporaryFolder();
  const dataset = await paintedDataset(folder, { perClass: 5 });
  const open = (): Promise<TinyRun> =>
    tinyRun(folder, dataset, config, { listener: { shouldStop: () => run.steps.length === 4 } });
  let run: TinyRun = await open();
  expect(await run.train()).toEqual({ snapshots: 0, best: 0 });
  expect(run.steps).toHaveLength(4);
  await run.close();
  run = await open();
  await run.train();
  expect(run.steps).toEqual([]);
  const { position } = (await loadCheckpoint(run.context.job.runFolder, 'final'))!;
  expect(position).toMatchObject({ step: 4, stopped: true });
  await run.close();
});
