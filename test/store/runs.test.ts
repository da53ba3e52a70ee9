import { join } from 'node:path';
import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadDriver } from '../../src/store/driver.ts';
import { ownLease, startOf } from '../../src/store/process-lease.ts';
import { openStore } from '../../src/store/store.ts';
import { runStates, runTransitions, type RunState } from '../../src/protocol/run-record.ts';
import { startScript } from '../support/run-script.ts';
import { addRun } from '../support/sample-records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('runs in the store', () => {
  it('takes exactly the changes of state that the table allows', async () => {
    const store = openStore(temporaryFolder());
    const pathTo: Record<RunState, RunState[]> = {
      queued: [],
      running: ['running'],
      paused: ['running', 'paused'],
      finished: ['running', 'finished'],
      failed: ['running', 'failed'],
      cancelled: ['running', 'cancelled'],
      interrupted: ['running', 'interrupted'],
    };
    for (const from of runStates) {
      for (const to of runStates) {
        const id = `${from}-${to}`;
        await addRun(store, id, ownLease());
        for (const state of pathTo[from]) store.runs.move(id, state);
        const move = () => store.runs.move(id, to);
        if (runTransitions[from].includes(to)) move();
        else expect(move).toThrow(expect.objectContaining({ code: 'store.wrongState' }));
        expect(store.runs.get(id)?.state).toBe(runTransitions[from].includes(to) ? to : from);
      }
    }
    store.close();
  });

  it('finds a run by its whole name, its beginning, or as the last', async () => {
    const store = openStore(temporaryFolder());
    expect(() => store.runs.find('last')).toThrow(expect.objectContaining({ code: 'store.noRuns' }));
    for (const id of ['2026-aa', '2026-ab', '2027-c']) await addRun(store, id, ownLease());
    expect(store.runs.find('2026-aa').runId).toBe('2026-aa');
    expect(store.runs.find('2027').runId).toBe('2027-c');
    expect(store.runs.find('last').runId).toBe('2027-c');
    expect(() => store.runs.find('2026')).toThrow(expect.objectContaining({ code: 'store.ambiguousRun' }));
    expect(() => store.runs.find("x' OR 1=1 --")).toThrow(expect.objectContaining({ code: 'store.unknownRun' }));
    expect(() => store.runs.find('')).toThrow(expect.objectContaining({ code: 'store.unknownRun' }));
    store.close();
  });

  it.each(['heldOutAccuracy', 'curve', 'chosen', 'config', 'result'])(
    'lists, finds and deletes a run whose %s is damaged, and refuses to read all of it',
    async (column) => {
      const folder = temporaryFolder();
      const store = openStore(folder);
      for (const id of ['whole', 'damaged']) {
        await addRun(store, id, ownLease());
        store.runs.move(id, 'cancelled');
      }
      store.close();
      const database = new (loadDriver())(join(folder, 'anneal.db'));
      database.prepare(`UPDATE runs SET ${column} = '{' WHERE id = 'damaged'`).run();
      database.close();
      const again = openStore(folder);
      expect(again.runs.list().map(({ runId }) => runId)).toEqual(expect.arrayContaining(['whole', 'damaged']));
      expect(again.runs.list()).toHaveLength(2);
      expect(again.runs.find('whole').runId).toBe('whole');
      expect(again.datasets.runsOn(1).last).not.toBeNull();
      expect(() => again.runs.find('dama')).toThrow(expect.objectContaining({ code: 'stored.damaged' }));
      again.runs.delete(again.runs.findHead('dama').runId);
      expect(again.runs.list()).toHaveLength(1);
      again.close();
    },
  );

  it('deletes neither a pinned run nor one at work', async () => {
    const store = openStore(temporaryFolder());
    await addRun(store, 'r', ownLease());
    expect(() => store.runs.delete('r')).toThrow(expect.objectContaining({ code: 'store.runBusy' }));
    store.runs.move('r', 'cancelled');
    store.runs.pin('r', true);
    expect(() => store.runs.delete('r')).toThrow(expect.objectContaining({ code: 'store.pinned' }));
    store.runs.pin('r', false);
    store.runs.delete('r');
    expect(store.runs.list()).toEqual([]);
    store.close();
  });

  it('hides a discarded run until it is restored, and frees it when the process that discarded it has gone', async () => {
    const workspace = temporaryFolder();
    const store = openStore(workspace);
    for (const id of ['mine', 'theirs', 'pinned', 'busy']) await addRun(store, id, ownLease());
    for (const id of ['mine', 'theirs', 'pinned']) store.runs.move(id, 'cancelled');
    store.runs.pin('pinned', true);
    const gone = { pid: process.pid, start: 'another boot:12345' };
    expect(() => store.runs.discard('pinned', gone)).toThrow(expect.objectContaining({ code: 'store.pinned' }));
    expect(() => store.runs.discard('busy', gone)).toThrow(expect.objectContaining({ code: 'store.runBusy' }));
    store.runs.discard('mine', ownLease());
    store.runs.discard('theirs', gone);
    const listed = () => store.runs.list().map(({ runId }) => runId);
    expect(listed()).toEqual(['busy', 'pinned']);
    expect(() => store.runs.find('mine')).toThrow(expect.objectContaining({ code: 'store.runDiscarded' }));
    expect(() => store.runs.find('min')).toThrow(expect.objectContaining({ code: 'store.unknownRun' }));
    for (const id of ['mine', 'theirs']) mkdirSync(join(store.layout.runs, id));

    const another = openStore(workspace);
    expect(another.runs.get('theirs')).toBeNull();
    expect(readdirSync(another.layout.runs)).toEqual(['mine']);
    another.runs.restore('mine');
    another.close();
    expect(listed()).toEqual(['busy', 'pinned', 'mine']);
    store.close();
  });

  it('marks a run interrupted when the process that held it was killed, and not while it lives', async () => {
    const workspace = temporaryFolder();
    const holder = startScript('test/store/process-hold-run.ts', [workspace, 'held']);
    await holder.saw('holding');
    const during = openStore(workspace);
    expect(during.runs.get('held')).toMatchObject({ state: 'running', lease: { pid: holder.child.pid } });
    during.close();

    holder.child.kill('SIGKILL');
    await holder.end;
    const after = openStore(workspace);
    expect(after.runs.get('held')).toMatchObject({ state: 'interrupted', lease: null, attempt: 1 });
    expect(after.events.read('held').map(({ event }) => event.type)).toEqual(['runInterrupted']);
    after.close();
  });

  it('does not take a process with the same number but another start for the holder', async () => {
    const workspace = temporaryFolder();
    const store = openStore(workspace);
    await addRun(store, 'mine', { pid: process.pid, start: startOf(process.pid)! });
    await addRun(store, 'reused', { pid: process.pid, start: 'another boot:12345' });
    store.close();
    const again = openStore(workspace);
    expect(again.runs.get('mine')?.state).toBe('queued');
    expect(again.runs.get('reused')?.state).toBe('interrupted');
    again.close();
  });

  it('removes what deleted runs and half-written files left, and nothing else', async () => {
    const workspace = temporaryFolder();
    const store = openStore(workspace);
    await addRun(store, 'kept', ownLease());
    const { runs, datasets } = store.layout;
    store.close();
    for (const name of ['.deleted-old', 'kept', 'unknown']) mkdirSync(join(runs, name));
    const known = readdirSync(datasets);
    writeFileSync(join(datasets, 'orphan.json'), '{}');
    writeFileSync(join(datasets, 'young.json'), '{}');
    utimesSync(join(datasets, 'orphan.json'), 1000, 1000);
    openStore(workspace).close();
    expect(readdirSync(runs).sort()).toEqual(['kept', 'unknown']);
    expect(readdirSync(datasets).sort()).toEqual([...known, 'young.json'].sort());
  });
});
