import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PreferencesFile } from '../../electron/preferences.ts';
import { draftFromText } from '../../renderer/state/wizard-draft.ts';
import { toFailure } from '../../src/base/failure.ts';
import { readModelFolder } from '../../src/ensemble/model-folder.ts';
import { openBundle } from '../../src/export/bundle-reader.ts';
import { describeError } from '../../src/messages/describe.ts';
import { loadDriver } from '../../src/store/driver.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { storedKind } from '../../src/stored/kind.ts';
import { storedNames, type StoredName } from '../../src/stored/names.ts';
import { loadCheckpoint } from '../../src/train/checkpoint.ts';
import { stage } from '../../src/train/stage.ts';
import { readMembers } from '../../src/weights/members-file.ts';
import { readHeldOut } from '../../src/weights/prediction-files.ts';
import { readSafetensors, writeSafetensors } from '../../src/weights/safetensors.ts';
import { readManifest } from '../../src/zoo/manifest.ts';
import { readRecords } from '../../src/zoo/zoo-folder.ts';
import { oldExpected, oldText, unpackWorkspace, type OldRunName, type OldWorkspace } from '../support/old-workspace.ts';

const version = '41ebc5f';
/** Of a program of the far future. */
const future = 99;

interface Case {
  /** Makes something that is stored one of the future. */
  readonly change: () => unknown;
  readonly read: () => unknown;
}

describe('what a newer version stored', () => {
  const home = mkdtempSync(join(tmpdir(), 'anneal-new-'));
  const { runIds } = oldExpected(version);
  let old: OldWorkspace;
  let store: Store;
  beforeAll(async () => {
    old = await unpackWorkspace(version, home, [
      'quick',
      'balanced',
      'balanced-folds',
      'thorough',
      'interrupted',
      'killed',
      'failed',
    ]);
    store = openStore(old.workspace);
  });
  afterAll(() => {
    store.close();
    rmSync(home, { recursive: true, force: true });
  });

  const sql = (text: string): void => {
    const Driver = loadDriver();
    const database = new Driver(join(old.workspace, 'anneal.db'));
    database.exec(text);
    database.close();
  };
  /** A column of a run with a record in it, whatever it held. */
  const column = (name: string, run: OldRunName | 'failed'): Case => ({
    change: () => sql(`UPDATE runs SET ${name} = '{"formatVersion":${future},"list":[]}' WHERE id = '${runIds[run]}'`),
    read: () => store.runs.get(runIds[run]),
  });
  const jsonFile = (path: () => string, read: () => unknown): Case => ({
    change: () => {
      const record = JSON.parse(readFileSync(path(), 'utf8')) as object;
      writeFileSync(path(), JSON.stringify({ ...record, formatVersion: future }));
    },
    read,
  });
  const tensorFile = (path: () => string, metadata: Record<string, string>, read: () => unknown): Case => ({
    change: async () => {
      const found = await readSafetensors(path());
      await writeSafetensors(path(), Object.fromEntries(found.tensors), { ...found.metadata, ...metadata });
    },
    read,
  });
  const run = (name: OldRunName, ...path: string[]): string => join(old.runFolder(name), ...path);

  const cases: Readonly<Record<Exclude<StoredName, 'draft' | 'preferences'>, Case>> = {
    configuration: column('config', 'quick'),
    runResult: column('result', 'balanced'),
    failure: column('error', 'failed'),
    chosenMembers: column('chosen', 'killed'),
    testSeal: column('seal', 'thorough'),
    curve: column('curve', 'interrupted'),
    accuracy: column('heldOutAccuracy', 'balanced-folds'),
    process: {
      change: () =>
        sql(`UPDATE runs SET discardedBy = '{"formatVersion":${future}}' WHERE id = '${runIds['balanced-folds']}'`),
      read: () => store.runs.discarded(),
    },
    event: {
      change: () =>
        sql(`UPDATE events SET body = json_set(body, '$.formatVersion', ${future}) WHERE runId = '${runIds.failed}'`),
      read: () => store.events.read(runIds.failed),
    },
    steps: {
      change: () =>
        sql(`UPDATE step_chunks SET rows = '{"formatVersion":${future}}' WHERE runId = '${runIds.balanced}'`),
      read: () => store.events.read(runIds.balanced),
    },
    verification: {
      change: () => sql(`UPDATE exports SET verification = json_set(verification, '$.formatVersion', ${future})`),
      read: () => store.exports.of(runIds.quick),
    },
    pictureEdit: {
      change: () => sql(`UPDATE dataset_edits SET body = json_set(body, '$.formatVersion', ${future})`),
      read: () => store.edits.of(1),
    },
    paths: {
      change: () => sql(`UPDATE datasets SET added = '{"formatVersion":${future},"list":[]}'`),
      read: () => store.datasets.readScan(1),
    },
    dataset: jsonFile(
      () => join(old.workspace, 'datasets', [...store.datasets.files()].sort()[0]!),
      () => [store.datasets.read(1), store.datasets.readScan(1)],
    ),
    checkpoint: tensorFile(
      () => run('interrupted', 'checkpoints', 'final.safetensors'),
      { position: `{"formatVersion":${future}}` },
      () => loadCheckpoint(old.runFolder('interrupted'), 'final'),
    ),
    heldOut: tensorFile(
      () => run('quick', 'predictions', 'held-out.safetensors'),
      { formatVersion: String(future) },
      () => readHeldOut(old.runFolder('quick')),
    ),
    stage: jsonFile(
      () => run('killed', 'stages', 'fold-1.json'),
      () =>
        stage(old.runFolder('killed'), 'fold-1', storedKind('stage', v.object({})), () =>
          Promise.reject(new Error('it was there')),
        ),
    ),
    members: {
      change: () => writeFileSync(run('thorough', 'members.json'), `{"formatVersion":${future},"list":[]}`),
      read: () => readMembers(old.runFolder('thorough')),
    },
    model: jsonFile(
      () => run('quick', 'model.json'),
      () => readModelFolder(old.runFolder('quick')),
    ),
    bundle: {
      change: () => {
        const files = unzipSync(readFileSync(old.bundle('quick')));
        const manifest = JSON.parse(Buffer.from(files['manifest.json']!).toString()) as object;
        files['manifest.json'] = Buffer.from(JSON.stringify({ ...manifest, formatVersion: future }));
        writeFileSync(old.bundle('quick'), zipSync(files, { level: 0 }));
      },
      read: () => openBundle(old.bundle('quick')),
    },
    zooRecord: jsonFile(
      () => join(old.workspace, 'zoo', 'small-resnet.model.json'),
      () => readRecords(join(old.workspace, 'zoo')),
    ),
    zooManifest: {
      change: () => writeFileSync(join(home, 'manifest.json'), `{"formatVersion":${future},"models":[]}`),
      read: () => readManifest(join(home, 'manifest.json')),
    },
  };

  it.each(Object.entries(cases))('%s: is refused in one sentence', async (kind, { change, read }) => {
    await change();
    const refusal = await Promise.resolve()
      .then(read)
      .then(
        () => null,
        (error: unknown) => toFailure(error),
      );
    expect(refusal).toMatchObject({ code: 'stored.newer', params: { kind, received: future } });
    for (const language of ['en', 'ru'] as const) {
      const { message } = describeError(refusal!, language);
      expect(message).toContain(String(future));
      expect(message.match(/[.!?](\s|$)/g)).toHaveLength(1);
    }
  });

  it('covers every kind, but for what counts as never written', () => {
    expect([...Object.keys(cases), 'draft', 'preferences'].sort()).toEqual([...storedNames].sort());
  });

  it('a draft and preferences of the window: count as never written', () => {
    const { sessionStorage } = JSON.parse(oldText(version, 'window.json')) as {
      sessionStorage: Record<string, string>;
    };
    const draft = JSON.parse(sessionStorage['anneal.wizard.1']!) as object;
    expect(draftFromText(JSON.stringify(draft))?.preset).toBe('thorough');
    expect(draftFromText(JSON.stringify({ ...draft, formatVersion: future }))).toBeNull();

    const path = join(home, 'preferences.json');
    const preferences = JSON.parse(oldText(version, 'shell-preferences.json')) as object;
    writeFileSync(path, JSON.stringify(preferences));
    expect(new PreferencesFile(path).current).toMatchObject({ appearance: { language: 'ru', theme: 'dark' } });
    writeFileSync(path, JSON.stringify({ ...preferences, formatVersion: future }));
    expect(new PreferencesFile(path).current.appearance).toBeNull();
  });
});
