import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { BackboneFile } from '../../src/protocol/train-job.ts';
import { foldsJudge, validationJudge } from '../../src/runs/held-out-judge.ts';
import { loadSnapshot } from '../../src/runs/snapshots.ts';
import { trainByFolds } from '../../src/runs/train-by-folds.ts';
import { trainMembers } from '../../src/runs/train-members.ts';
import { fineTuneOrKeepHeads, trainValidated } from '../../src/runs/train-validated.ts';
import { tryFolds } from '../../src/runs/try-folds.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { chooseHead, foldsOf, type HeadChoice } from '../../src/train/choose-head.ts';
import { networkToFineTune } from '../../src/train/fine-tune-network.ts';
import { setUpFineTune } from '../../src/train/fine-tune-setup.ts';
import { fineTune } from '../../src/train/fine-tune.ts';
import { startingHead, withHead } from '../../src/train/fit-head.ts';
import { prepareRun } from '../../src/train/prepare-run.ts';
import { randomStart } from '../../src/train/random-start.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { readMembers } from '../../src/weights/members-file.ts';
import { readHeldOut, readMemberPredictions } from '../../src/weights/prediction-files.ts';
import { tinyBackbone } from '../support/tiny-backbone.ts';
import { jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

let folder: string;
let dataset: Dataset;
let backbone: BackboneFile;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-members-'));
  dataset = await paintedDataset(folder, { perClass: 8 });
  backbone = await tinyBackbone(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const shortly = ['schedule.cycleEpochs=1', 'schedule.numCycles=2', 'data.batchSize=8', 'augment.mode=none'];

async function open(runId: string, preset: 'balanced' | 'scratch', ...set: string[]) {
  const config = resolveConfig({ preset, set: [...shortly, ...set] });
  const host = rememberingHost();
  const context = new RunContext(await jobOf(folder, dataset, config, [backbone], runId), host);
  return { context, host, prepared: await prepareRun(context), runFolder: context.job.runFolder };
}

/** Share of rows whose largest value stands at their label, by plain loops. */
function share(probabilities: Float32Array, labels: readonly number[]): number {
  const classes = probabilities.length / labels.length;
  const right = labels.filter((label, row) => {
    const values = [...probabilities.subarray(row * classes, (row + 1) * classes)];
    return values.indexOf(Math.max(...values)) === label;
  });
  return right.length / labels.length;
}

const mean = (members: readonly Float32Array[]): Float32Array =>
  members[0]!.map((_, i) => members.reduce((sum, member) => sum + member[i]!, 0) / members.length);

const diagnostics = (host: ReturnType<typeof rememberingHost>) =>
  host.events.flatMap((event) => (event.type === 'diagnosticFound' ? [event.code] : []));

/** Heads as good or as bad as the test needs them: `certain` of the label, or of another class. */
const headsThat = (choice: HeadChoice, labels: readonly number[], right: boolean): HeadChoice => {
  const outOfFold = new Float32Array(choice.outOfFold.length).fill(0);
  labels.forEach((label, row) => (outOfFold[row * 3 + (right ? label : (label + 1) % 3)] = 1));
  return { ...choice, outOfFold };
};

describe('a training judged on a validation part', () => {
  it('leaves one member a cycle, listed with what its own weights predict, and averages them', async () => {
    const { context, host, prepared, runFolder } = await open('validated', 'scratch', 'ensemble.selection=all');
    const network = await randomStart(context, prepared);
    const trained = await trainValidated(context, prepared, 'resnet20', network);
    const { validation, labelOf, classes } = prepared;
    const labels = validation.map(labelOf);

    const listed = await readMembers(runFolder);
    expect(listed.map(({ name, kind, index }) => [name, kind, index])).toEqual([
      ['snapshot-1', 'snapshot', 0],
      ['snapshot-2', 'snapshot', 1],
    ]);
    const told = host.events.flatMap((event) => (event.type === 'snapshotSaved' ? [event.snapshot] : []));
    expect(listed).toMatchObject(told);
    expect(trained.members).toMatchObject(listed);
    expect(trained.members.map(({ weight }) => weight)).toEqual([1, 1]);

    const predictions = [];
    const again = await trained.predict(validation);
    for (const [i, member] of listed.entries()) {
      const stored = (await readMemberPredictions(runFolder, member))!;
      stored.forEach((value, at) => expect(again[i]![at]).toBeCloseTo(value, 5));
      expect(member.accuracy).toMatchObject({ accuracy: share(stored, labels), split: 'validation', n: labels.length });
      predictions.push(stored);
    }
    expect(trained.ensemble.accuracy).toBe(share(mean(predictions), labels));
    expect(trained.heldOut.pictures).toEqual(validation);
    expect(trained.heldOut.probabilities).toHaveLength(validation.length * classes);
    const heldOut = (await readHeldOut(runFolder))!;
    expect([...heldOut.labels]).toEqual(labels);
    await trained.dispose();
    await context.close();
  });

  it('stays only where it beats the heads beyond the noise, and says which', async () => {
    const set = [
      'data.foldChoiceBelow=0',
      'data.validationFraction=0.4',
      'model.inputSize=32',
      'ensemble.selection=all',
    ];
    const outcomes: string[][] = [];
    for (const right of [true, false]) {
      const { context, host, prepared, runFolder } = await open(`compared-${right}`, 'balanced', ...set);
      const { pool, headPool, validation, labelOf } = prepared;
      const found = await chooseHead(context, prepared);
      const choice = headsThat(found, headPool.map(labelOf), right);
      const network = async () => {
        const bare = await networkToFineTune(context, prepared, choice);
        const task = { pool: [...pool, ...validation], training: pool, labelOf, l2: choice.l2 };
        return withHead(bare, await startingHead(context, bare, task));
      };
      const trained = await fineTuneOrKeepHeads(context, prepared, choice, network);
      outcomes.push([...diagnostics(host), ...(await readMembers(runFolder)).map(({ name }) => name)]);
      // Heads know all pictures but the test part's; what was fine-tuned was judged on pictures it never saw.
      expect(trained.parts).toEqual(
        right ? { train: headPool.length, validation: 0 } : { train: pool.length, validation: validation.length },
      );
      await trained.dispose();
      // Asked again, as after a kill, it says the same and trains nothing anew.
      const again = await fineTuneOrKeepHeads(
        context,
        prepared,
        choice,
        right ? () => Promise.reject(new Error()) : network,
      );
      expect(again.members.map(({ sha256 }) => sha256)).toEqual(trained.members.map(({ sha256 }) => sha256));
      await again.dispose();
      await context.close();
    }
    expect(outcomes).toEqual([
      ['train.headsKept', 'fold-1', 'fold-2', 'fold-3', 'fold-4', 'fold-5'],
      ['train.fineTuningKept', 'snapshot-1', 'snapshot-2'],
    ]);
  });
});

describe('fine-tuning tried on folds', () => {
  const byFolds = ['model.inputSize=32', 'data.folds=3', 'ensemble.selection=all'];
  it('judges every picture by the network that left its fold out', async () => {
    const { context, prepared } = await open('tried', 'balanced', ...byFolds);
    const { pool, labelOf, classes } = prepared;
    const labels = pool.map(labelOf);
    const choice = headsThat(await chooseHead(context, prepared), labels, false);
    const bare = await networkToFineTune(context, prepared, choice);
    const head = await startingHead(context, bare, { pool, training: pool, labelOf, l2: choice.l2 });
    const setup = await setUpFineTune(context, withHead(bare, head), pool);
    const { cycles, difference } = await tryFolds(context, prepared, choice, setup);
    expect(cycles).toHaveLength(2);

    // The last fold by itself.
    const training = pool.filter((_, row) => choice.foldOf[row] !== 2);
    const rows = [...pool.keys()].filter((row) => choice.foldOf[row] === 2);
    const heldOut = { foldOf: foldsOf(pool, choice) };
    const foldHead = await startingHead(context, setup.network, { pool, training, labelOf, l2: choice.l2, heldOut });
    const alone: Float32Array[] = [];
    await fineTune(context, {
      ...setup,
      plan: setup.plan(training.length),
      network: { ...setup.network, params: { ...setup.network.params, ...foldHead } },
      key: 'alone',
      config: context.job.config,
      pictures: training,
      labelOf,
      listener: {
        async snapshot({ params }) {
          alone.push(
            await setup.evaluator.probabilities(
              params,
              rows.map((row) => pool[row]!),
            ),
          );
        },
      },
    });
    const ofRows = (all: Float32Array) => rows.flatMap((row) => [...all.subarray(row * classes, (row + 1) * classes)]);
    alone.forEach((probabilities, cycle) => expect([...probabilities]).toEqual(ofRows(cycles![cycle]!)));

    // Heads were right nowhere: the difference is the accuracy of the averaged cycles, by fold.
    const average = mean(cycles!);
    const accuracies = [0, 1, 2].map((fold) => {
      const held = [...pool.keys()].filter((row) => choice.foldOf[row] === fold);
      const values = held.flatMap((row) => [...average.subarray(row * classes, (row + 1) * classes)]);
      return share(
        Float32Array.from(values),
        held.map((row) => labels[row]!),
      );
    });
    expect(difference.mean).toBeCloseTo(accuracies.reduce((a, b) => a + b) / 3, 12);
    tf.dispose(foldHead);
    await setup.dispose();
    await context.close();
  });

  it('is given up where half of the folds show no gain, and leaves the heads', async () => {
    const { context, host, prepared, runFolder } = await open('given-up', 'balanced', ...byFolds);
    const labels = prepared.pool.map(prepared.labelOf);
    const choice = headsThat(await chooseHead(context, prepared), labels, true);
    const trained = await trainByFolds(context, prepared, choice);
    expect(diagnostics(host).at(-1)).toBe('train.fineTuningDoesNotHelp');
    expect((await readMembers(runFolder)).map(({ name, kind }) => [name, kind])).toEqual([
      ['fold-1', 'fold'],
      ['fold-2', 'fold'],
      ['fold-3', 'fold'],
    ]);
    expect(trained.ensemble).toMatchObject({ accuracy: 1, split: 'outOfFold', n: labels.length });
    await trained.dispose();
    await context.close();
  });

  it('is kept where it beats the heads: everything trains, and each cycle has the accuracy that its folds found', async () => {
    const { context, host, prepared, runFolder } = await open('kept', 'balanced', ...byFolds);
    const { pool, labelOf } = prepared;
    const labels = pool.map(labelOf);
    const choice = headsThat(await chooseHead(context, prepared), labels, false);
    const trained = await trainByFolds(context, prepared, choice);
    expect(diagnostics(host)).toContain('train.fineTuningHelps');
    const listed = await readMembers(runFolder);
    expect(listed.map(({ name }) => name)).toEqual(['snapshot-1', 'snapshot-2']);
    const predictions: Float32Array[] = [];
    for (const member of listed) predictions.push((await readMemberPredictions(runFolder, member))!);
    listed.forEach(({ accuracy }, i) =>
      expect(accuracy).toMatchObject({ accuracy: share(predictions[i]!, labels), split: 'outOfFold' }),
    );
    expect(trained.ensemble.accuracy).toBe(share(mean(predictions), labels));
    const epochs = host.events.flatMap((event) => (event.type === 'epochEnded' ? [event] : []));
    for (const { validation, train } of epochs) {
      expect(validation).toBeNull();
      expect(train!.n).toBe(pool.length);
    }
    await trained.dispose();
    await context.close();
  });
});

it('a member is the same whoever judges it: only its figures differ', async () => {
  const members = async (runId: string, byValidation: boolean) => {
    const { context, prepared, runFolder } = await open(runId, 'scratch');
    const network = await randomStart(context, prepared);
    const { pool, validation } = prepared;
    const setup = await setUpFineTune(context, network, [...pool, ...validation]);
    const even = new Float32Array(pool.length * prepared.classes).fill(1 / prepared.classes);
    const judge = byValidation ? validationJudge(prepared, setup) : foldsJudge(prepared, [even, even]);
    const trained = await trainMembers(context, { prepared, setup, backbone: 'resnet20' }, judge);
    const loaded = await loadSnapshot(context, setup, trained.members[1]!);
    expect(Object.keys(loaded).sort()).toEqual([...setup.changing].sort());
    tf.dispose(loaded);
    await trained.dispose();
    await context.close();
    return readMembers(runFolder);
  };
  const [validated, folded] = [await members('by-validation', true), await members('by-folds', false)];
  expect(folded.map(({ sha256 }) => sha256)).toEqual(validated.map(({ sha256 }) => sha256));
  expect(validated.map(({ accuracy }) => accuracy!.split)).toEqual(['validation', 'validation']);
  expect(folded.map(({ accuracy }) => accuracy!.split)).toEqual(['outOfFold', 'outOfFold']);
});
