import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { workOfRun } from '../../../src/engine/planning/work-of-run.ts';
import { layersToTrain } from '../../../src/models/layers-to-train.ts';
import type { TrainConfigInput } from '../../../src/settings/train-config.ts';
import { slotKinds } from '../../../src/settings/slot-kinds.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { loadCheckpoint } from '../../../src/train/checkpoint.ts';
import { fineTune } from '../../../src/train/fine-tune.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configOf, paintedDataset, tinyRun } from '../../support/training-fixture.ts';

beforeAll(async () => {
  await loadRuntime();
});

const configs: fc.Arbitrary<TrainConfigInput> = fc.record({
  data: fc.record({ batchSize: fc.integer({ min: 2, max: 20 }) }),
  tune: fc.record({
    regime: fc.constantFrom('upper', 'all'),
    gradualUnfreezing: fc.boolean(),
    headStart: fc.constantFrom('fitted', 'random'),
  }),
  optimizer: fc.record({ name: fc.constantFrom('sgd', 'momentum', 'nesterov', 'adamw') }),
  schedule: fc.record({
    name: fc.constantFrom('constant', 'linear', 'cosine', 'step', 'sgdr'),
    epochs: fc.integer({ min: 2, max: 3 }),
    warmupEpochs: fc.constantFrom(0, 0.4, 1),
    cycleEpochs: fc.constant(1),
    cycleMultiplier: fc.constantFrom(1, 1.5),
    numCycles: fc.integer({ min: 1, max: 3 }),
  }),
  ensemble: fc.record({ start: fc.constantFrom('chain', 'star'), snapshots: fc.integer({ min: 1, max: 2 }) }),
});

it('counts the steps, the judged pictures, the snapshots and the bytes of slots that a training then has', async () => {
  const folder = temporaryFolder();
  const dataset = await paintedDataset(folder, { perClass: 5 });
  let runs = 0;
  const property = fc.asyncProperty(configs, fc.integer({ min: 6, max: 12 }), async (input, pool) => {
    const config = configOf(input);
    const pictures = Array.from({ length: pool }, (_, i) => i);
    const held = dataset.pictures.length - pool;
    const counted = { epochs: 0, validations: 0, snapshots: 0 };
    const run = await tinyRun(folder, dataset, config, {
      runId: `run-${++runs}`,
      pictures,
      listener: {
        epochEnded: () => Promise.resolve(void counted.epochs++),
        snapshot: () => Promise.resolve(void counted.snapshots++),
      },
    });
    const judge = () => {
      counted.validations++;
      return Promise.resolve({ accuracy: 0.5, loss: 1 });
    };
    await fineTune(run.context, { ...run.task, judge });
    const { spec } = run.network;
    const network = { name: 'tiny', spec, headPreprocessing: spec.preprocessing, compared: [], missing: null };
    const { freezeTo } = layersToTrain(spec, config.tune);
    const sizes = {
      contentHash: '',
      all: 15,
      megapixels: 0,
      pool,
      headPool: pool,
      headJudged: 0,
      validation: held,
      test: 0,
      classes: 3,
      shortSide: 32,
      byFolds: false,
    };
    const planned = workOfRun(config, network, freezeTo, sizes);
    expect(planned.steps).toBe(run.steps.length);
    expect(planned.snapshots).toBe(counted.snapshots);
    // Of the training pictures at most 256 are judged after each epoch, here all.
    expect(planned.judged).toBe(counted.validations * held + counted.epochs * pool);

    const { state } = (await loadCheckpoint(run.context.job.runFolder, 'final'))!;
    const numbers = (wanted: (name: string) => boolean): number =>
      Object.entries(state).reduce((sum, [name, { data }]) => sum + (wanted(name) ? data.length : 0), 0);
    const { freezeTo: last } = run.task.plan.at(run.task.plan.totalSteps - 1);
    const trained = spec.groups.slice(last).flatMap(({ nodes }) => nodes);
    const slots = Object.keys(slotKinds[config.optimizer.name]).length;
    const ofTrained = (name: string) =>
      trained.includes(name.replace(/\.[a-z_]+$/, '')) && !/running_|#|num_batches/.test(name);
    expect(numbers((name) => name.includes('#'))).toBe(slots * numbers(ofTrained));
    await run.close();
  });
  await fc.assert(property, { numRuns: 12 });
});
