import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { differences } from '../../src/settings/effect.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { leavesOf } from '../../src/settings/values.ts';
import { readModelFolder } from '../../src/ensemble/model-folder.ts';
import { openBundle } from '../../src/export/bundle-reader.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { loadCheckpoint } from '../../src/train/checkpoint.ts';
import { readHeldOut, readMemberPredictions, readTest } from '../../src/weights/prediction-files.ts';
import { findModel } from '../../src/zoo/resolve-backbone.ts';
import {
  finishedRuns,
  oldExpected,
  oldRunFile,
  oldText,
  oldVersions,
  stoppedRuns,
  unpackWorkspace,
  type OldWorkspace,
} from '../support/old-workspace.ts';

/** Where the run stood when that version was told to stop it. */
const interruptedAt = {
  '41ebc5f': { step: 42, runStep: 42, epochSteps: 2, epochLoss: 4.280387878417969 },
  d81d70c: { step: 44, runStep: 44, epochSteps: 4, epochLoss: 7.606764435768127 },
} as const;

describe.each(oldVersions)('what version %s stored', (version) => {
  const home = mkdtempSync(join(tmpdir(), 'anneal-old-'));
  const expected = oldExpected(version);
  const names = [...finishedRuns, ...stoppedRuns, 'failed'] as const;
  let old: OldWorkspace;
  let store: Store;
  beforeAll(async () => {
    old = await unpackWorkspace(version, home, names);
    store = openStore(old.workspace);
  });
  afterAll(() => {
    store.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('lists its runs, of which the killed one counts as interrupted', () => {
    const states = Object.fromEntries(store.runs.list().map(({ name, state }) => [name, state]));
    const finished = Object.fromEntries(finishedRuns.map((name) => [name, 'finished']));
    expect(states).toEqual({ ...finished, interrupted: 'interrupted', killed: 'interrupted', failed: 'failed' });
  });

  it.each(names)('run %s means what it meant: each of its settings, and what it lacked is off', async (name) => {
    const { config } = store.runs.get(expected.runIds[name])!;
    const { config: written } = await oldRunFile(old.runFolder(name));
    expect(config).toMatchObject({ ...written, formatVersion: config.formatVersion });
  });

  it.each(finishedRuns)('run %s has its result, its members and what was decided of it', (name) => {
    const run = store.runs.get(expected.runIds[name])!;
    const { members, selected, ensemble, test, doubtedLabels } = expected[name];
    expect(run.result).toMatchObject({ members, selected, ensemble, test, doubtedLabels });
    expect(run.result).toMatchObject({ temperature: 1, figures: { ensemble: null, test: null }, verdicts: [] });
    expect(run.config.ensemble.calibrate).toBe(false);
    expect(run.heldOutAccuracy).toEqual(ensemble);
    const changed = name === 'thorough';
    expect(run.chosen).toEqual(changed ? selected.map((one, i) => ({ ...one, weight: i + 1 })) : selected);
    expect(run.seal?.accuracy.split ?? null).toBe(changed ? 'test' : null);
    expect(store.exports.of(run.runId)).toMatchObject([{ format: 'bundle', verification: { sameFirstChoice: 1 } }]);
  });

  it('has the error of the run that failed', () => {
    const { error } = store.runs.get(expected.runIds.failed)!;
    expect(error).toMatchObject({ code: 'models.freezeOutOfRange', params: { freezeTo: 64 }, kind: 'input' });
  });

  it.each(names)('run %s tells its events in order, from the first to the last', (name) => {
    const events = store.events.read(expected.runIds[name]);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from(events, (_, i) => i + 1));
    expect(events[0]!.event.type).toBe('runQueued');
    const last = { failed: 'runFailed', interrupted: 'runInterrupted', killed: 'runInterrupted' } as const;
    expect(events.at(-1)!.event.type).toBe(name in last ? last[name as keyof typeof last] : 'runFinished');
  });

  it('has the folder of pictures with the changes by hand', () => {
    const [dataset] = store.datasets.recent();
    const { scan } = store.datasets.readScan(dataset!.id);
    expect([scan.classes, scan.pictures.length]).toEqual([['fish', 'flower', 'star'], 24]);
    expect(store.edits.of(dataset!.id)).toMatchObject({
      applied: [{ kind: 'leaveOut' }, { kind: 'move', to: 'flower' }],
      undone: 1,
    });
    for (const { datasetVersionId } of store.runs.list())
      expect(store.datasets.read(datasetVersionId).pictures).toHaveLength(23);
  });

  it('has the network that was imported', async () => {
    const model = await findModel('small-resnet', join(old.workspace, 'zoo'));
    expect(model).toMatchObject({ architecture: 'resnet20', classes: 10, licence: 'not stated' });
  });

  it.each(finishedRuns)('model and bundle of run %s hold their members and weights', async (name) => {
    const model = await readModelFolder(old.runFolder(name));
    const bundle = await openBundle(old.bundle(name));
    expect(model.model.members.map(({ sha256 }) => sha256)).toEqual(expected[name].members.map((one) => one.sha256));
    expect(bundle.model.spec).toEqual(model.model.spec);
    expect([bundle.model.temperature, model.model.temperature]).toEqual([1, 1]);
    for (const member of model.model.members) {
      const weights = await model.weights(member);
      expect([...weights.keys()].every((key) => model.model.spec.params.some((param) => param.name === key))).toBe(
        true,
      );
    }
    await bundle.close();
  });

  it('has the predictions of members on held-out and on test pictures', async () => {
    for (const name of finishedRuns) {
      const folder = old.runFolder(name);
      const heldOut = await readHeldOut(folder);
      expect(heldOut?.pictures.length).toBe(expected[name].ensemble.n);
      expect([...(await readTest(folder))!.members.keys()].sort()).toEqual(
        expected[name].members.map((member) => member.name).sort(),
      );
      if (heldOut!.byFolds) continue;
      for (const member of expected[name].members)
        expect(await readMemberPredictions(folder, member), `${name} ${member.name}`).not.toBeNull();
    }
  });

  it('has the checkpoints of the runs that were stopped', async () => {
    const position = (await loadCheckpoint(old.runFolder('interrupted'), 'final'))!.position;
    expect(position).toMatchObject(interruptedAt[version]);
    expect((await loadCheckpoint(old.runFolder('killed'), 'fold-2'))!.position).toMatchObject({ step: 8, runStep: 20 });
  });

  it.each(['quick', 'balanced', 'thorough', 'scratch'])('configuration file %s means what it meant', (name) => {
    const file = JSON.parse(oldText(version, `config-${name}.json`)) as Record<string, unknown>;
    const config = resolveConfig({ config: file });
    const meant = (expected as unknown as Record<string, object>)[`config-${name}`]!;
    expect(config).toMatchObject({ ...meant, formatVersion: config.formatVersion });
  });

  it('a configuration file that a person wrote in part says what it said, and leaves the rest to the preset of today', () => {
    const file = JSON.parse(oldText(version, 'config-partial.json')) as { readonly preset: 'thorough' };
    const [config, preset] = [resolveConfig({ config: file }), resolveConfig({ preset: file.preset })];
    expect(config).toMatchObject(file);
    const changed = differences(leavesOf(config), leavesOf(preset)).map(({ key }) => key);
    expect(changed).toEqual(['schedule.numCycles']);
  });
});
