import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toFailure } from '../../src/base/failure.ts';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import { describeError } from '../../src/messages/describe.ts';
import { membersFileName, readMembers, writeMembers } from '../../src/weights/members-file.ts';
import { finishedRuns, oldExpected, unpackWorkspace, type OldWorkspace } from '../support/old-workspace.ts';

const version = '41ebc5f';
const home = mkdtempSync(join(tmpdir(), 'anneal-members-'));
const { runIds, ...expected } = oldExpected(version);
const run = runIds.balanced;
let old: OldWorkspace;
let engine: Engine;
let path: string;

beforeAll(async () => {
  old = await unpackWorkspace(version, home, [...finishedRuns, 'failed']);
  engine = createEngine({ workspace: old.workspace });
  path = join(old.runFolder('balanced'), membersFileName);
});
afterEach(() => rmSync(path, { force: true }));
afterAll(async () => {
  await engine.close();
  rmSync(home, { recursive: true, force: true });
});

const members = [{ name: 'snapshot-1', weight: 1 }];

/** All that works on the members of a finished run. */
const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  showRun: () => engine.showRun({ run }),
  predict: () => engine.predict({ model: run, paths: [old.pictures] }),
  classify: () => engine.classify({ model: run, picture: { path: join(old.pictures, 'none.png') } }),
  evaluate: () => engine.evaluate({ model: run, folder: old.pictures }),
  exportRun: () => engine.exportRun({ run, format: 'bundle', path: join(home, 'refused.anneal') }),
  describeModel: () => engine.describeModel({ run }),
  judgeEnsemble: () => engine.judgeEnsemble({ run }),
  selectGreedily: () => engine.selectGreedily({ run }),
  listCell: () => engine.listCell({ run, members, label: 0, predicted: 0 }),
  fixEnsemble: () => engine.fixEnsemble({ run, members }),
  openTestSet: () => engine.openTestSet({ run }),
  computePredictions: () => engine.computePredictions({ run }),
  compareRuns: () => engine.compareRuns({ first: runIds.thorough, second: run }),
};

async function refusalOf(command: () => Promise<unknown>) {
  return command().then(
    () => null,
    (error: unknown) => toFailure(error),
  );
}

describe.each(Object.keys(commands))('a run whose list of members cannot be read: %s', (name) => {
  it.each([
    ['that is damaged', 'stored.damaged'],
    ['of a newer version', 'stored.newer'],
  ])('refuses one %s in one sentence', async (_, code) => {
    await writeMembers(old.runFolder('balanced'), await readMembers(old.runFolder('balanced')));
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, code === 'stored.newer' ? '{"formatVersion":99,"list":[]}' : text.slice(0, text.length / 2));
    const refusal = await refusalOf(commands[name]!);
    expect(refusal).toMatchObject({ code, params: { kind: 'members', where: path } });
    for (const language of ['en', 'ru'] as const) {
      const { message } = describeError(refusal!, language);
      expect(message).toContain(path);
      expect(message.replace(path, '').match(/[.!?](\s|$)/g)).toHaveLength(1);
    }
  });
});

describe('a run whose list of members is damaged', () => {
  it('stands among all runs, is renamed, pinned and deleted', async () => {
    const { runId } = (await engine.listRuns({})).find(({ name }) => name === 'failed')!;
    expect(runId).toBe(runIds.failed);
    writeFileSync(path, '{"formatVersion":');
    expect((await engine.listRuns({})).map((one) => one.runId)).toContain(run);
    await engine.renameRun({ run, name: 'damaged' });
    expect(await engine.pinRun({ run: run.slice(0, -1), pinned: true })).toEqual({ runId: run });
    await engine.pinRun({ run, pinned: false });
    await engine.discardRun({ run });
    await engine.restoreRun({ run });

    const scratch = join(old.runFolder('scratch'), membersFileName);
    writeFileSync(scratch, '{"formatVersion":');
    await expect(engine.showRun({ run: runIds.scratch })).rejects.toMatchObject({ code: 'stored.damaged' });
    expect(await engine.deleteRun({ run: runIds.scratch })).toEqual({ runId: runIds.scratch });
    expect((await engine.listRuns({})).map((one) => one.runId)).not.toContain(runIds.scratch);
  });
});

describe('members of a run', () => {
  it.each(['quick', 'balanced', 'thorough'] as const)(
    'from before they were listed are shown with their steps: %s',
    async (name) => {
      const { snapshots } = await engine.showRun({ run: runIds[name] });
      expect(snapshots.map(({ name: member, sha256 }) => [member, sha256])).toEqual(
        expected[name].members.map((member) => [member.name, member.sha256]),
      );
      const told = (await storedSteps(runIds[name])).filter(([member]) =>
        expected[name].members.some((one) => one.name === member),
      );
      expect(snapshots.map((snapshot) => [snapshot.name, snapshot.step])).toEqual(told);
    },
  );

  it('are those that its folder lists, whatever its database and its model say', async () => {
    const [first] = await readMembers(old.runFolder('balanced'));
    await writeMembers(old.runFolder('balanced'), [first!]);
    expect((await engine.showRun({ run })).snapshots.map(({ name }) => name)).toEqual(['snapshot-1']);
    for (const command of ['predict', 'exportRun', 'openTestSet', 'judgeEnsemble'])
      expect(await refusalOf(commands[command]!), command).toMatchObject({
        code: 'ensemble.unknownMember',
        params: { received: 'snapshot-2', members: ['snapshot-1'] },
      });
  });
});

/** By member, as the events of the run told them. */
async function storedSteps(runId: string): Promise<[string, number][]> {
  const told = new Map<string, number>();
  const unsubscribe = engine.subscribe({ runId, from: 0 }, ({ event }) => {
    if (event.type === 'snapshotSaved') told.set(event.snapshot.name, event.snapshot.step);
  });
  unsubscribe();
  return [...told];
}
