import { beforeAll, expect, it } from 'vitest';
import type { TrainConfigInput } from '../../../src/settings/train-config.ts';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { fineTune } from '../../../src/train/fine-tune.ts';
import { rangeTestOf, withFoundRate } from '../../../src/train/range-test/found-rate.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { configOf, paintedDataset, tinyRun, valuesOf } from '../../support/training-fixture.ts';

beforeAll(async () => {
  await loadRuntime();
});

const config: TrainConfigInput = {
  data: { batchSize: 6 },
  tune: { regime: 'upper', normMode: 'training' },
  optimizer: { name: 'adamw' },
  schedule: { cycleEpochs: 1, numCycles: 2, maxLearningRate: 0.02 },
};

async function open(runId: string, place: Awaited<ReturnType<typeof placeOf>>, input = config) {
  return tinyRun(place.folder, place.dataset, configOf(input), { runId });
}

async function placeOf() {
  const folder = temporaryFolder();
  return { folder, dataset: await paintedDataset(folder, { perClass: 5 }) };
}

it('a range test gives weights and slots back to the bit: a training after it is the same as one without', async () => {
  const place = await placeOf();
  const tested = await open('tested', place);
  const before = valuesOf(tested.network.params);
  const curve = await rangeTestOf(tested.context, tested.task);
  expect(curve.rates[0]).toBeCloseTo(0.02 / 100, 12);
  expect(curve.rates.length).toBeGreaterThan(10);
  expect(valuesOf(tested.network.params)).toEqual(before);
  await tested.train();
  const plain = await open('plain', place);
  await plain.train();
  expect(tested.atSnapshot).toEqual(plain.atSnapshot);
  expect(tested.steps).toEqual(plain.steps);
  for (const run of [tested, plain]) await run.close();
});

it('the rate that was found is that of the plan, is told once, and is not looked for again', async () => {
  const place = await placeOf();
  const finding = { ...config, schedule: { ...config.schedule, findRate: true } };
  const run = await open('found', place, finding);
  const { pictures, labelOf } = run.task;
  const found = await withFoundRate(run.context, run.setup, { pictures, labelOf });
  const [told] = run.host.events.flatMap((event) => (event.type === 'diagnosticFound' ? [event] : []));
  expect(told).toMatchObject({ code: 'train.rateFound', params: { set: 0.02 } });
  const plan = found.plan(pictures.length);
  const { rate } = told!.params;
  expect(plan.record.schedule.maxLearningRate).toBe(rate);
  expect(rate).not.toBe(0.02);
  await fineTune(run.context, { ...run.task, plan });
  expect(run.steps[0]!.measures.learningRate).toBe(rate);
  const again = await withFoundRate(run.context, run.setup, { pictures, labelOf });
  expect(again.plan(pictures.length).record).toEqual(plan.record);
  expect(run.host.events.filter(({ type }) => type === 'diagnosticFound')).toHaveLength(1);
  await run.close();
});

it('without the switch the setup stays the same', async () => {
  const run = await open('off', await placeOf());
  expect(await withFoundRate(run.context, run.setup, run.task)).toBe(run.setup);
  await run.close();
});
