import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunResult } from '../../src/protocol/run-event.ts';
import { unpackFolder } from './old-files.ts';

/** Versions of the project whose files lie in test/fixtures/formats; test/oracles/formats/make-fixtures.ts wrote them. */
export const oldVersions = ['41ebc5f', 'd81d70c'] as const;
export type OldVersion = (typeof oldVersions)[number];

/** What that version said of a run, or what it came to when that version went on with it. */
interface OldRun extends Pick<
  RunResult,
  'runId' | 'classes' | 'members' | 'selected' | 'ensemble' | 'test' | 'split' | 'doubtedLabels'
> {
  /** By path below the pictures' folder. */
  readonly predictions: Readonly<Record<string, readonly number[]>>;
  readonly evaluation: { readonly ensemble: object; readonly confusion: readonly (readonly number[])[] };
}

/** Those that were trained to their end; then those that were stopped; `failed` ended in an error. */
export const finishedRuns = ['quick', 'balanced', 'balanced-folds', 'thorough', 'scratch'] as const;
export const stoppedRuns = ['interrupted', 'killed'] as const;
export type OldRunName = (typeof finishedRuns)[number] | (typeof stoppedRuns)[number];

type Expected = Readonly<Record<OldRunName, OldRun>> & {
  readonly runIds: Readonly<Record<OldRunName | 'failed', string>>;
};

const folderOf = (version: OldVersion): string => join(import.meta.dirname, '../fixtures/formats', version);

export function oldText(version: OldVersion, file: string): string {
  return readFileSync(join(folderOf(version), file), 'utf8');
}

export function oldExpected(version: OldVersion): Expected {
  return JSON.parse(oldText(version, 'expected.json')) as Expected;
}

export interface OldWorkspace {
  /** Absolute. */
  readonly workspace: string;
  readonly pictures: string;
  runFolder(name: OldRunName | 'failed'): string;
  bundle(name: (typeof finishedRuns)[number]): string;
}

/** Unpacks into the empty folder `home`, with the folders of these runs and the bundles exported of them. */
export async function unpackWorkspace(
  version: OldVersion,
  home: string,
  runs: readonly (OldRunName | 'failed')[],
): Promise<OldWorkspace> {
  const archives = ['workspace', 'pictures', ...runs.map((name) => `run-${name}`)];
  for (const archive of archives) await unpackFolder(join(folderOf(version), `${archive}.zip.br`), home);
  const workspace = join(home, '.local', 'share', 'anneal');
  const { runIds } = oldExpected(version);
  return {
    workspace,
    pictures: join(home, 'Pictures', 'toys'),
    runFolder: (name) => join(workspace, 'runs', runIds[name]),
    bundle: (name) => join(home, 'Documents', `${name}.anneal`),
  };
}

/** What a run's folder says of itself, as that version wrote it. */
export async function oldRunFile(folder: string): Promise<{ readonly config: Record<string, unknown> }> {
  return JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')) as { config: Record<string, unknown> };
}
