import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { describeError } from '../../src/messages/describe.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { BackboneFile } from '../../src/protocol/train-job.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { labelEntropy } from '../../src/train/safety/constant-answer.ts';
import { logLoss } from '../../src/metrics/log-loss.ts';
import { readHeldOut, readMemberPredictions } from '../../src/weights/prediction-files.ts';
import { makePictures } from '../support/make-pictures.ts';
import { tinyBackbone } from '../support/tiny-backbone.ts';
import { jobOf, rememberingHost } from '../support/training-fixture.ts';

let folder: string;
let backbone: BackboneFile;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-planted-'));
  backbone = await tinyBackbone(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** So many pictures of each class. */
async function pictures(name: string, perClass: Readonly<Record<string, number>>): Promise<Dataset> {
  const root = join(folder, name);
  const most = Math.max(...Object.values(perClass));
  const size = { width: 32, height: 32 };
  await makePictures(root, { classes: Object.keys(perClass), perClass: most, ...size, seed: 1, format: 'png' });
  for (const [colour, count] of Object.entries(perClass))
    for (const file of (await readdir(join(root, colour))).sort().slice(count)) await rm(join(root, colour, file));
  return scanFolder(root);
}

const common = [
  'data.foldChoiceBelow=0',
  'data.validationFraction=0.3',
  'data.batchSize=8',
  'model.inputSize=32',
  'augment.mode=none',
  'schedule.cycleEpochs=3',
  'schedule.numCycles=2',
];

async function train(dataset: Dataset, runId: string, ...set: string[]) {
  const config = resolveConfig({ preset: 'balanced', set: [...common, ...set] });
  const host = rememberingHost();
  const job = await jobOf(folder, dataset, config, [backbone], runId);
  const result = await runTraining(job, host);
  const told = host.events.flatMap((event) => (event.type === 'diagnosticFound' ? [event] : []));
  const heldOut = (await readHeldOut(job.runFolder))!;
  // Where the heads stay, each picture was judged by the one that did not see it.
  const predictions: Float32Array[] = heldOut.byFolds ? [heldOut.byFolds.probabilities] : [];
  for (const member of heldOut.byFolds ? [] : result.members)
    predictions.push((await readMemberPredictions(job.runFolder, member))!);
  const plan = host.events.find((event) => event.type === 'runStarted')!;
  return { result, told, heldOut, predictions, plan, codes: told.map(({ code }) => code) };
}

type Ended = Awaited<ReturnType<typeof train>>;

/** Members that call every held-out picture the same. */
function constantMembers({ predictions, heldOut }: Ended): number {
  const n = heldOut.labels.length;
  return predictions.filter((probabilities) => {
    const classes = probabilities.length / n;
    const called = Array.from({ length: n }, (_, row) => {
      const values = [...probabilities.subarray(row * classes, (row + 1) * classes)];
      return values.indexOf(Math.max(...values));
    });
    return new Set(called).size === 1;
  }).length;
}

const even = { red: 24, blue: 24 };

describe('a planted mistake', () => {
  it('a rate a hundred times too high: training is put back, says so, and ends as a network that looks', async () => {
    const ended = await train(await pictures('even', even), 'rate', 'schedule.maxLearningRate=0.3');
    expect(ended.codes).toContain('train.steppedBack');
    expect(constantMembers(ended)).toBe(0);
    // More than one answer to all would have.
    expect(ended.result.ensemble.accuracy).toBeGreaterThan(0.5);
    for (const language of ['en', 'ru'] as const) {
      const { message } = describeError(
        ended.told.find(({ code }) => code === 'train.steppedBack')!,
        language,
      );
      expect(message).not.toContain('undefined');
    }
  });

  it('a rate that three thirds do not mend: the heads stay, with the cause and what to do', async () => {
    const ended = await train(await pictures('even', even), 'refused', 'schedule.maxLearningRate=10');
    const told = ended.told.find(({ code }) => code === 'train.divergedHeadsKept')!;
    expect(told.params).toMatchObject({ stepBacks: 3 });
    expect(ended.result.members.map(({ name }) => name)).toContain('fold-1');
    expect(constantMembers(ended)).toBe(0);
    for (const language of ['en', 'ru'] as const) {
      const { message, hint } = describeError(told, language);
      expect(message).not.toMatch(/undefined/);
      expect(hint).toBeTruthy();
    }
  });

  it('a high rate where it may be looked for: the run goes by what was found', async () => {
    const rate = ['schedule.maxLearningRate=0.1', 'schedule.findRate=true'];
    const ended = await train(await pictures('even', even), 'found', ...rate);
    const found = ended.told.find(({ code }) => code === 'train.rateFound')!;
    expect(found.params['rate']).toBeLessThan(0.1);
    expect(ended.plan).toMatchObject({ plan: { schedule: { maxLearningRate: found.params['rate'] } } });
    expect(constantMembers(ended)).toBe(0);
  });

  it('a head at next to no L2: training starts from what held-out pictures want of it, and says so', async () => {
    const ended = await train(await pictures('even', even), 'head', 'tune.l2Grid=[0.000001]');
    const { params } = ended.told.find(({ code }) => code === 'train.headTooSure')!;
    expect(params['share']).toBeLessThan(0.5);
    expect(constantMembers(ended)).toBe(0);
  });

  it('one class with 95 % of the pictures: a network that looks, or the sentence that it does not', async () => {
    const ended = await train(await pictures('uneven', { red: 76, blue: 4 }), 'uneven');
    const { labels } = ended.heldOut;
    const looks = ended.predictions.filter((one) => logLoss(one, labels) < labelEntropy(labels, 2)).length;
    if (looks < ended.predictions.length) expect(ended.codes).toContain('train.alwaysSame');
    expect(ended.result.ensemble.accuracy).toBeGreaterThan(0.9);
  });
});
