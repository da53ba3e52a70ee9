import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import { describeError } from '../../src/messages/describe.ts';
import { buildNet } from '../../src/models/index.ts';
import type { Progress } from '../../src/protocol/lane-job.ts';
import type { WorkspaceChange } from '../../src/protocol/engine-api.ts';
import { float32Tensor, type HostTensor } from '../../src/weights/host-tensor.ts';
import { writeSafetensors } from '../../src/weights/safetensors.ts';
import { listen, tinyPictures } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-zoo-commands-'));
let engine: Engine;
let folder: string;
let dataset: string;
const steps: Progress[] = [];

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'), 20);
  engine = createEngine({
    workspace: join(memory, 'workspace'),
    setup: (progress) => {
      progress({ phase: 'setup', done: 1, total: 4, secondsLeft: null, doing: 'download' });
      return Promise.resolve();
    },
  });
  ({ dataset } = await engine.openDataset({ folder }));
});
afterAll(async () => {
  await engine.close();
  rmSync(memory, { recursive: true, force: true });
});

const entryOf = async (name: string, of?: string) =>
  (await engine.zooList(of === undefined ? {} : { dataset: of })).find((entry) => entry.name === name)!;

/** Zeros in the shapes of an architecture, as torch would have written them. */
async function weightsFile(name: string, architecture: string, change?: (tensors: Map<string, HostTensor>) => void) {
  const tensors = new Map(
    buildNet(architecture, { classes: 7 }).params.map(({ name: own, shape }) => {
      const data = new Float32Array(sizeOf(shape));
      return [own, float32Tensor(shape, data)] as const;
    }),
  );
  change?.(tensors);
  const path = join(memory, name);
  await writeSafetensors(path, tensors);
  return path;
}

describe('the speed of backbones', () => {
  it('is unknown at first, follows from the test step of the runtime, then from measuring', async () => {
    expect((await entryOf('efficientnet_lite0')).speed).toBeNull();
    const runtime = await engine.setupRuntime({}, { progress: (progress) => steps.push(progress) });
    expect(runtime.backend).not.toBeNull();
    expect(steps).toMatchObject([{ phase: 'setup', doing: 'download' }]);
    const guessed = (await entryOf('efficientnet_lite0')).speed!;
    expect(guessed.measured).toBe(false);
    expect(guessed.picturesPerSecond).toBeGreaterThan(0);

    const told: Progress[] = [];
    const changes: WorkspaceChange[] = [];
    const unwatch = engine.watch((change) => changes.push(change));
    const entry = await engine.zooMeasure(
      { name: 'efficientnet_lite0' },
      { progress: (progress) => told.push(progress) },
    );
    unwatch();
    expect(entry.speed).toMatchObject({ measured: true });
    expect(entry).toMatchObject({
      embedded: true,
      bytes: 18_802_848,
      paper: expect.stringContaining('1905.11946') as string,
    });
    expect(entry.layerGroups.at(-1)).toBe('head');
    expect(told.at(-1)).toMatchObject({ phase: 'measure' });
    expect(changes).toContainEqual({ what: 'zoo', id: 'efficientnet_lite0' });
    // Lite2 has 2.2 times the multiply-adds: it must be slower by as much.
    const lite2 = (await entryOf('efficientnet_lite2')).speed!;
    expect(lite2.measured).toBe(false);
    expect(entry.speed!.picturesPerSecond / lite2.picturesPerSecond).toBeCloseTo(859.7 / 385.2, 1);
  });

  it('and the size of the pictures decide how well one fits', async () => {
    const { suitability } = await entryOf('efficientnet_lite0', dataset);
    expect(suitability).toMatchObject({ word: 'poor', reason: { code: 'zoo.fitSmallPictures' } });
    expect(describeError(suitability!.reason).message).toContain('32 px');
    expect((await entryOf('efficientnet_lite0')).suitability).toBeNull();
  });
});

describe('a weights file of one’s own', () => {
  it('is recognised by what it holds, whatever its name and number of classes', async () => {
    const path = await weightsFile('My Net (1).safetensors', 'resnet18');
    const entry = await engine.zooImport({ path });
    expect(entry).toMatchObject({ name: 'my-net-1', architecture: 'resnet18', installed: true, embedded: false });
    expect(await engine.zooImport({ path })).toMatchObject({ name: 'my-net-1-2' });
    expect(await engine.zooImport({ path, name: 'mine' })).toMatchObject({ name: 'mine' });
    await engine.zooRemove({ name: 'mine' });
    expect(await entryOf('mine')).toBeUndefined();
    const embedded = engine.zooRemove({ name: 'efficientnet_lite0' });
    await expect(embedded).rejects.toMatchObject({ code: 'zoo.embeddedStays' });
  });

  it('is refused with the nearest network and what differs', async () => {
    const path = await weightsFile('odd.safetensors', 'resnet18', (tensors) => {
      tensors.delete('layer1.0.conv1.weight');
      tensors.set('extra', float32Tensor([1], new Float32Array(1)));
    });
    await expect(engine.zooImport({ path })).rejects.toMatchObject({
      code: 'zoo.notRecognised',
      params: {
        nearest: 'resnet18',
        differing: 2,
        differences: ['layer1.0.conv1.weight is missing', 'extra is not known'],
      },
    });
    const text = join(memory, 'letter.pth');
    await writeFile(text, 'dear reader');
    await expect(engine.zooImport({ path: text })).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('heads of folds', () => {
  it('are judged each by the pictures that it did not train on, and stay so when computed again', async () => {
    const set = ['model.backbone=efficientnet_lite0', 'model.inputSize=64', 'tune.l2Grid=[0.1]'];
    const { runId } = await engine.startRun({ folder, preset: 'quick', set });
    const told = listen(engine, runId);
    expect((await told.ended()).type).toBe('runFinished');
    const { result, folder: runFolder } = await engine.showRun({ run: runId });
    const view = await engine.judgeEnsemble({ run: runId });
    expect(view).toMatchObject({ comparable: false, split: 'outOfFold', n: result!.ensemble.n, bestSingle: null });
    expect(view.accuracy).toEqual(result!.ensemble);
    expect(view.members.map(({ alone }) => alone.accuracy)).toEqual(result!.members.map(({ accuracy }) => accuracy));
    expect(view.members.reduce((sum, { alone }) => sum + alone.n, 0)).toBe(view.n);
    await expect(engine.selectGreedily({ run: runId })).rejects.toMatchObject({ code: 'ensemble.notComparable' });
    expect((await engine.openTestSet({ run: runId })).accuracy).toEqual(result!.test);

    rmSync(join(runFolder, 'predictions'), { recursive: true });
    await expect(engine.judgeEnsemble({ run: runId })).rejects.toMatchObject({ code: 'ensemble.noPredictions' });
    await engine.computePredictions({ run: runId });
    const again = await engine.judgeEnsemble({ run: runId });
    expect(again.accuracy).toEqual(view.accuracy);
    expect(again.members.map(({ alone }) => alone)).toEqual(view.members.map(({ alone }) => alone));
  });
});
