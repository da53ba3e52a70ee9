import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { membersFileName } from '../../src/weights/members-file.ts';
import { anneal, hasStackTrace, jsonLines } from '../support/anneal.ts';
import { oldExpected, unpackWorkspace } from '../support/old-workspace.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const version = '41ebc5f';

it('a run whose list of members is damaged is refused by show, predict and export, but is listed and deleted', async () => {
  const home = temporaryFolder();
  const { workspace, pictures, runFolder } = await unpackWorkspace(version, home, ['balanced-folds']);
  const run = oldExpected(version).runIds['balanced-folds'];
  const path = join(runFolder('balanced-folds'), membersFileName);
  writeFileSync(path, '{"formatVersion":2,"list":[{"na');
  const command = (...args: string[]) => anneal([...args, '--workspace', workspace, '--json']);
  const [all, ...refused] = await Promise.all([
    command('runs'),
    command('runs', 'show', run),
    command('predict', run, pictures),
    command('export', run, '--format', 'bundle', '--out', join(home, 'x.anneal')),
  ]);
  for (const end of refused) {
    expect(end).toMatchObject({ code: 2, signal: null });
    expect(hasStackTrace(end)).toBe(false);
    expect(jsonLines(end).filter(({ type }) => type === 'error')).toMatchObject([{ code: 'stored.damaged' }]);
    expect(end.stderr).toContain(path);
  }
  expect(all).toMatchObject({ code: 0, stdout: expect.stringContaining(run) as string });
  const deleted = await command('runs', 'delete', run.slice(0, -1));
  expect(deleted, deleted.stderr).toMatchObject({ code: 0 });
  expect(jsonLines(deleted)).toMatchObject([{ type: 'result', runId: run, deleted: true }]);
});
