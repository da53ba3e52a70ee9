import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import {
  finishedRuns,
  oldExpected,
  oldVersions,
  stoppedRuns,
  unpackWorkspace,
  type OldRunName,
  type OldWorkspace,
} from '../support/old-workspace.ts';
import { listen } from '../support/tiny-training.ts';

/** Largest difference of a probability that counts as none, and where it was trained on another kind of processor. */
const tolerance = 1e-6;
const trainedTolerance = 0.01;

describe.each(oldVersions)('with what version %s stored', (version) => {
  const home = mkdtempSync(join(tmpdir(), 'anneal-old-'));
  const expected = oldExpected(version);
  let old: OldWorkspace;
  let engine: Engine;
  beforeAll(async () => {
    old = await unpackWorkspace(version, home, [...finishedRuns, ...stoppedRuns]);
    engine = createEngine({ workspace: old.workspace, threads: 2 });
    // The person's folder is elsewhere now.
    const [dataset] = await engine.recentDatasets({});
    await engine.locateDataset({ dataset: dataset!.dataset, folder: old.pictures });
  });
  afterAll(async () => {
    await engine.close();
    rmSync(home, { recursive: true, force: true });
  });

  /** Largest difference of any probability from what that version predicted. */
  const differenceOf = async (model: string, name: OldRunName): Promise<number> => {
    const { predictions, problems } = await engine.predict({ model, paths: [old.pictures] });
    expect(problems).toEqual([]);
    const now = new Map(predictions.map(({ path, probabilities }) => [relative(old.pictures, path), probabilities]));
    const then = Object.entries(expected[name].predictions);
    expect(now.size).toBe(then.length);
    return Math.max(
      ...then.flatMap(([path, probabilities]) => probabilities.map((value, i) => Math.abs(value - now.get(path)![i]!))),
    );
  };

  it.each(finishedRuns)('run %s and the bundle exported of it predict as they did', async (name) => {
    expect(await differenceOf(expected.runIds[name], name)).toBeLessThan(tolerance);
    expect(await differenceOf(old.bundle(name), name)).toBeLessThan(tolerance);
  });

  it.each(finishedRuns)('run %s is evaluated as it was', async (name) => {
    const report = await engine.evaluate({ model: expected.runIds[name], folder: old.pictures });
    expect(report).toMatchObject(expected[name].evaluation);
  });

  it.each(finishedRuns)('run %s is exported again, verified, and predicts the same', async (name) => {
    const path = join(home, `again-${name}.anneal`);
    const report = await engine.exportRun({ run: expected.runIds[name], format: 'bundle', path });
    expect(report.verification.sameFirstChoice).toBe(1);
    expect(await differenceOf(path, name)).toBeLessThan(tolerance);
    expect(await engine.listExports({ run: expected.runIds[name] })).toHaveLength(2);
  });

  it('ensembles are judged from the stored predictions, and runs compared', async () => {
    for (const name of ['balanced', 'thorough', 'scratch'] as const) {
      const { members, accuracy } = await engine.judgeEnsemble({ run: expected.runIds[name] });
      expect(members.map(({ sha256 }) => sha256)).toEqual(expected[name].members.map(({ sha256 }) => sha256));
      expect(accuracy.split).toBe('validation');
    }
    const { balanced, thorough } = expected.runIds;
    const comparison = await engine.compareRuns({ first: balanced, second: thorough });
    const differing = new Set(comparison.settings.map(({ key }) => key));
    expect(['augment.mode', 'ensemble.start', 'ensemble.selection'].every((key) => differing.has(key))).toBe(true);
  });

  it.each(stoppedRuns)('run %s goes on from where it was stopped', async (name) => {
    const { runId } = await engine.resumeRun({ run: expected.runIds[name] });
    const told = listen(engine, runId);
    const ended = await told.ended();
    told.unsubscribe();
    if (ended.type !== 'runFinished') throw new Error(JSON.stringify(ended));
    const { members, split } = expected[name];
    expect(ended.result.members.map((member) => member.name)).toEqual(members.map((member) => member.name));
    expect(ended.result.split).toEqual(split);
    expect(await differenceOf(runId, name)).toBeLessThan(trainedTolerance);
  });

  it.for(stoppedRuns)(
    'run %s came to the members that version would have come to, to the bit',
    async (name, context) => {
      const same = (await differenceOf(expected.runIds.scratch, 'scratch')) === 0;
      context.skip(!same, 'this processor computes other bits than the one that wrote the files');
      const { result } = await engine.showRun({ run: expected.runIds[name] });
      const { members, selected, ensemble, test, doubtedLabels } = expected[name];
      expect(result).toMatchObject({ members, selected, ensemble, test, doubtedLabels });
    },
  );
});
