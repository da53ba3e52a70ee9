import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureSetup, type SetupReport } from '../../../build/setup/ensure-setup.ts';
import { hasSqliteAddon } from '../../../build/setup/sqlite-addon.ts';
import { writeStamp } from '../../../build/setup/stamp.ts';
import { hasTensorflowAddon } from '../../../build/setup/tensorflow-addon.ts';
import { repositoryRoot } from '../../support/source-imports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ownNodeModules = join(repositoryRoot, 'node_modules');
const isSetUp =
  hasSqliteAddon(ownNodeModules) && hasTensorflowAddon(join(ownNodeModules, '@tensorflow', 'tfjs-node-gpu'));

/** An empty node_modules and a cache folder that cannot be made, since a file is in its place. */
async function impossiblePlace(): Promise<{ nodeModules: string; cache: string }> {
  const folder = temporaryFolder();
  await writeFile(join(folder, 'file'), '');
  const manifest = join(folder, 'node_modules', 'better-sqlite3', 'package.json');
  await mkdir(dirname(manifest), { recursive: true });
  await writeFile(manifest, '{ "version": "1.0.0" }');
  return { nodeModules: join(folder, 'node_modules'), cache: join(folder, 'file', 'cache') };
}

describe('ensureSetup', () => {
  it.skipIf(!isSetUp)('returns at once and says nothing when nothing is to do', async () => {
    const lines: string[] = [];
    const report = await ensureSetup({ log: (line) => lines.push(line) });
    expect(lines).toEqual([]);
    expect([report.tensorflow.ready, report.sqlite.ready]).toEqual([true, true]);
    expect(report.seconds).toBeLessThan(0.2);
  });

  it('reports what is impossible, in a sentence that names what still works, and does not throw', async () => {
    const place = await impossiblePlace();
    const lines: string[] = [];
    const report = await ensureSetup({ ...place, log: (line) => lines.push(line) });
    expect(report.tensorflow).toMatchObject({ ready: false, problem: { code: expect.stringMatching(/^setup\./) } });
    expect(lines.join('\n')).toMatch(/prediction, frozen features and training of heads work/);
  });

  it('does not try again at once what failed, unless it is asked to', async () => {
    const place = await impossiblePlace();
    const problem = { code: 'setup.noPip', params: { python: 'python3' } };
    await mkdir(place.nodeModules, { recursive: true });
    await writeStamp(place.nodeModules, { tensorflow: problem, sqlite: problem });
    const codes = ({ tensorflow }: SetupReport): string | undefined => tensorflow.problem?.code;
    expect(codes(await ensureSetup({ ...place, log: () => undefined }))).toBe('setup.noPip');
    expect(codes(await ensureSetup({ ...place, log: () => undefined, retry: true }))).not.toBe('setup.noPip');
  });
});
