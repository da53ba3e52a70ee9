import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import type { EnsembleView } from '../../src/protocol/ensemble-view.ts';
import type { Progress } from '../../src/protocol/lane-job.ts';
import type { RunRecord } from '../../src/protocol/run-record.ts';
import { listen, tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-ensemble-'));
let engine: Engine;
let folder: string;
let runId: string;
let run: RunRecord;
let view: EnsembleView;
let duringTraining: EnsembleView;

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'), 20);
  engine = createEngine({ workspace: join(memory, 'workspace') });
  const { preset, set } = tinyTraining(3);
  ({ runId } = await engine.startRun({ folder, preset, set: [...set, 'ensemble.selection=all'] }));
  const told = listen(engine, runId);
  await told.until('ensembleEvaluated');
  duringTraining = await engine.judgeEnsemble({ run: runId });
  await told.ended();
  run = await engine.showRun({ run: runId });
  view = await engine.judgeEnsemble({ run: runId });
});
afterAll(async () => {
  await engine.close();
  rmSync(memory, { recursive: true, force: true });
});

const names = (...numbers: number[]) => numbers.map((number) => ({ name: `snapshot-${number}`, weight: 1 }));

describe('the ensemble of a run', () => {
  it('is judged as training itself judged it', () => {
    const { result } = run;
    expect(view).toMatchObject({ runId, comparable: true, n: result!.ensemble.n, split: 'validation' });
    expect(view.accuracy).toEqual(result!.ensemble);
    expect(view.members.map(({ alone }) => alone.accuracy)).toEqual(result!.members.map(({ accuracy }) => accuracy));
    expect(view.fixed).toEqual(result!.selected);
    expect(view.testPictures).toBe(result!.split.test);
    expect(view.subsets).toHaveLength(7);
    expect(view.millisecondsPerPicture).toBeGreaterThan(0);
  });

  it('is judged while the run trains, of the members there are', () => {
    expect(duringTraining.members.length).toBeGreaterThanOrEqual(1);
    duringTraining.members.forEach((member, i) => expect(member.alone).toEqual(view.members[i]!.alone));
  });

  it('answers for other members, and lists the pictures of a cell', async () => {
    const first = await engine.judgeEnsemble({ run: runId, members: names(1) });
    expect(first.accuracy).toEqual(view.members[0]!.alone);
    expect(first.members.map(({ on }) => on)).toEqual([true, false, false]);
    for (const label of [0, 1])
      for (const predicted of [0, 1]) {
        const pictures = await engine.listCell({ run: runId, members: names(1), label, predicted });
        expect(pictures).toHaveLength(first.confusion[label]![predicted]!);
        for (const picture of pictures) expect(picture.answers[0]).toBe(predicted);
      }
    const unknown = engine.judgeEnsemble({ run: runId, members: names(9) });
    await expect(unknown).rejects.toMatchObject({ code: 'ensemble.unknownMember' });
  });

  it('selects greedily with the accuracy of every step', async () => {
    const { steps, members } = await engine.selectGreedily({ run: runId });
    const chosen = await engine.judgeEnsemble({ run: runId, members: [...members] });
    expect(steps.at(-1)!.accuracy).toBe(chosen.accuracy.accuracy);
    expect(steps.length).toBe(members.reduce((sum, { weight }) => sum + weight, 0));
  });

  it('computes what members say again where it has gone', async () => {
    rmSync(join(run.folder, 'predictions'), { recursive: true });
    await engine.computePredictions({ run: runId });
    const again = await engine.judgeEnsemble({ run: runId });
    expect(again.accuracy).toEqual(view.accuracy);
    // Whole networks that share no layer: each takes its part of the time, not the time of all.
    const milliseconds = again.members.map(({ millisecondsPerPicture }) => millisecondsPerPicture);
    for (const alone of milliseconds) expect(alone).toBeGreaterThan(0);
    expect(milliseconds.reduce((sum, alone) => sum + alone, 0)).toBeCloseTo(again.millisecondsPerPicture, 9);
    again.worst.forEach(({ labelProbability }, i) =>
      expect(labelProbability).toBeCloseTo(view.worst[i]!.labelProbability, 4),
    );
  });
});

describe('members that were fixed', () => {
  const exported = join(memory, 'two.anneal');

  it('are what prediction, the classifier and the export use', async () => {
    const picture = join(folder, 'red', '00003.png');
    const before = await engine.predict({ model: runId, paths: [picture] });
    await engine.fixEnsemble({ run: runId, members: names(3, 1) });
    expect((await engine.judgeEnsemble({ run: runId })).fixed).toEqual(names(1, 3));
    expect((await engine.listRuns({}))[0]).toMatchObject({ runId, averaged: 2 });
    const after = await engine.predict({ model: runId, paths: [picture] });
    const { answer, classes } = await engine.classify({ model: runId, picture: { path: picture } });
    expect(classes).toEqual(['blue', 'red']);
    expect(answer.members.map(({ name }) => name)).toEqual(['snapshot-1', 'snapshot-3']);
    answer.probabilities.forEach((value, i) => {
      expect(value).toBeCloseTo(after.predictions[0]!.probabilities[i]!, 5);
      const mean = answer.members.reduce((sum, member) => sum + member.probabilities[i]! / 2, 0);
      expect(value).toBeCloseTo(mean, 5);
    });
    expect(after.predictions[0]!.probabilities).not.toEqual(before.predictions[0]!.probabilities);
    expect(answer).toMatchObject({ width: 32, height: 32, crop: { left: 0, top: 0, width: 32, height: 32 } });

    const base64 = readFileSync(picture).toString('base64');
    const pasted = await engine.classify({
      model: runId,
      members: names(2),
      picture: { name: 'pasted', base64 },
    });
    expect(pasted.answer.members.map(({ name }) => name)).toEqual(['snapshot-2']);

    const phases: Progress[] = [];
    const report = await engine.exportRun(
      { run: runId, format: 'bundle', path: exported },
      { progress: (progress) => phases.push(progress) },
    );
    expect(phases.map(({ phase, done }) => `${phase} ${done}`)).toEqual(['export 0', 'verify 0', 'verify 1']);
    expect(report.verification.differences).toHaveLength(report.verification.pictures);
    expect(Math.max(...report.verification.differences)).toBe(report.verification.largestDifference);
    const bundle = await engine.predict({ model: exported, paths: [picture] });
    expect(bundle.predictions[0]!.label).toBe(after.predictions[0]!.label);
    expect(await engine.listExports({ run: runId })).toMatchObject([
      { format: 'bundle', path: exported, present: true, sha256: report.sha256, verification: report.verification },
    ]);
    rmSync(exported);
    expect(await engine.listExports({ run: runId })).toMatchObject([{ present: false }]);
  });

  it('are those that the test set is opened for, once', async () => {
    const seal = await engine.openTestSet({ run: runId });
    expect(seal).toMatchObject({ members: names(1, 3), accuracy: { split: 'test', n: view.testPictures } });
    await engine.fixEnsemble({ run: runId, members: names(2) });
    expect(await engine.openTestSet({ run: runId })).toEqual(seal);
    expect((await engine.judgeEnsemble({ run: runId })).seal).toEqual(seal);
    await engine.fixEnsemble({ run: runId, members: [...view.fixed] });
  });

  it('tell the accuracy that training told of its own choice', async () => {
    const { runId: twin } = await engine.startRun({ folder, ...tinyTraining(2) });
    await listen(engine, twin).ended();
    const { result } = await engine.showRun({ run: twin });
    expect((await engine.openTestSet({ run: twin })).accuracy).toEqual(result!.test);
  });
});

it('that was stopped after its first cycle can be used, tried and exported; its test set stays closed', async () => {
  const { preset, set } = tinyTraining(3, 20);
  const { runId: stopped } = await engine.startRun({ folder, preset, set: [...set, 'ensemble.selection=all'] });
  const told = listen(engine, stopped);
  const early = engine.classify({ model: stopped, picture: { path: join(folder, 'red', '00003.png') } });
  await expect(early).rejects.toMatchObject({ code: 'engine.noModel' });
  await told.until('ensembleEvaluated');
  await expect(engine.fixEnsemble({ run: stopped, members: names(1) })).rejects.toMatchObject({
    code: 'store.runBusy',
  });
  await engine.cancelRun({ run: stopped });
  expect((await engine.showRun({ run: stopped })).state).toBe('cancelled');
  const judged = await engine.judgeEnsemble({ run: stopped });
  const members = judged.members.map(({ name }) => name);
  expect(members[0]).toBe('snapshot-1');
  const { answer } = await engine.classify({ model: stopped, picture: { path: join(folder, 'red', '00003.png') } });
  expect(answer.members.map(({ name }) => name)).toEqual(members);
  await engine.fixEnsemble({ run: stopped, members: names(1) });
  const path = join(memory, 'stopped.anneal');
  const report = await engine.exportRun({ run: stopped, format: 'bundle', path });
  expect(report.verification.sameFirstChoice).toBe(1);
  await expect(engine.openTestSet({ run: stopped })).rejects.toMatchObject({ code: 'ensemble.notFinished' });
  await engine.resumeRun({ run: stopped });
  await told.until('runFinished');
  expect((await engine.openTestSet({ run: stopped })).members).toEqual(names(1, 2, 3));
});

it('sees a picture as it is shown, turned by what its file asks', async () => {
  const stripes = sharp({ create: { width: 60, height: 40, channels: 3, background: { r: 200, g: 10, b: 10 } } });
  const lying = await stripes.clone().jpeg().toBuffer();
  const turned = await stripes.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const answerTo = async (bytes: Buffer) =>
    (await engine.classify({ model: runId, picture: { name: 'x', base64: bytes.toString('base64') } })).answer;
  // The network sees the middle square: of 60 × 40 pixels that between 10 and 50.
  expect(await answerTo(lying)).toMatchObject({
    width: 60,
    height: 40,
    crop: { left: 10, top: 0, width: 40, height: 40 },
  });
  expect(await answerTo(turned)).toMatchObject({
    width: 40,
    height: 60,
    crop: { left: 0, top: 10, width: 40, height: 40 },
  });
});

it('says why a picture cannot be classified', async () => {
  const bad = engine.classify({ model: runId, picture: { name: 'x', base64: 'aGVsbG8=' } });
  await expect(bad).rejects.toMatchObject({ code: 'data.notAPicture' });
  const gone = engine.classify({ model: runId, picture: { path: join(folder, 'nowhere.png') } });
  await expect(gone).rejects.toMatchObject({ code: 'system.ENOENT' });
});
