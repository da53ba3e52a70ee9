import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePictures } from '../support/make-pictures.ts';
import { createProgram } from '../../src/cli/program.ts';
import { anneal, hasStackTrace, jsonLines } from '../support/anneal.ts';
import { permissions, setMode } from '../support/permissions.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What each of these must be: exit code 2, one error object on stdout, words on stderr, no stack trace. */
async function refused(args: string[], options: Parameters<typeof anneal>[1] = {}): Promise<Record<string, unknown>> {
  const end = await anneal([...args, '--json'], options);
  expect(end).toMatchObject({ code: 2, signal: null });
  expect(hasStackTrace(end)).toBe(false);
  expect(end.stderr).toMatch(/^Error: .+/m);
  const errors = jsonLines(end).filter(({ type }) => type === 'error');
  expect(errors).toHaveLength(1);
  expect(errors[0]!['message']).not.toBe(errors[0]!['code']);
  return errors[0]!;
}

async function pictures(folder: string, classes: string[], perClass = 2): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await makePictures(folder, { classes, perClass, width: 24, height: 24, seed: 1, format: 'png' });
  return folder;
}

describe('bad input on the command line', () => {
  it('is told for folders: missing, empty, a file, one class, only broken files', async () => {
    const root = temporaryFolder();
    const out = join(root, 'workspace');
    const [empty, file, broken] = [join(root, 'empty'), join(root, 'file.txt'), join(root, 'broken')];
    mkdirSync(empty);
    writeFileSync(file, 'text');
    for (const name of ['a', 'b']) {
      mkdirSync(join(broken, name), { recursive: true });
      writeFileSync(join(broken, name, 'x.jpg'), 'no picture');
    }
    const one = await pictures(join(root, 'one'), ['only']);
    const cases: [string, string][] = [
      [join(root, 'nowhere'), 'data.rootMissing'],
      [empty, 'data.emptyFolder'],
      [file, 'data.rootIsFile'],
      [broken, 'data.onlyBroken'],
      [one, 'data.oneClass'],
    ];
    await Promise.all(
      cases.map(async ([folder, code]) =>
        expect(await refused(['train', folder, '--out', out])).toMatchObject({ code }),
      ),
    );
  });

  it('is told for a configuration file: a misspelt key names the nearest, and where it is not JSON', async () => {
    const root = temporaryFolder();
    const folder = await pictures(join(root, 'pictures'), ['a', 'b']);
    const config = join(root, 'config.json');
    writeFileSync(config, '{"schedule": {"numCylces": 3}}');
    const common = ['--out', join(root, 'workspace')];
    expect(await refused(['train', folder, '--config', config, ...common])).toMatchObject({
      code: 'config.unknownKey',
      hint: 'Did you mean "schedule.numCycles"?',
    });
    writeFileSync(config, '{"schedule": ');
    expect(await refused(['train', folder, '--config', config, ...common])).toMatchObject({ code: 'config.badFile' });
  });

  it('is told for a run that is not there and a workspace that cannot be', async () => {
    const root = temporaryFolder();
    const out = join(root, 'workspace');
    writeFileSync(join(root, 'file'), 'text');
    expect(await refused(['resume', 'nothing', '--out', out])).toMatchObject({ code: 'store.unknownRun' });
    expect(await refused(['runs', '--out', join(root, 'file')])).toMatchObject({ code: 'store.workspaceIsFile' });
  });

  it.skipIf(permissions.untried)(
    `is told for a workspace and a folder without permission${permissions.reason}`,
    async () => {
      const root = temporaryFolder();
      const folder = await pictures(join(root, 'pictures'), ['a', 'b']);
      const closed = join(root, 'closed');
      mkdirSync(closed);
      setMode(closed, 0o000);
      const open = join(root, 'open');
      expect(await refused(['train', folder, '--out', join(closed, 'workspace')], { obeys: true })).toMatchObject({
        code: 'store.notWritable',
      });
      expect(await refused(['train', closed, '--out', open], { obeys: true })).toMatchObject({
        code: 'data.rootDenied',
      });
    },
  );
});

describe('wrong use of the command line', () => {
  it.each([
    [['trian', 'folder']],
    [['train']],
    [['train', 'folder', '--preset', 'fastest']],
    [['train', 'folder', '--colour']],
    [['export', 'run', '--format', 'onnx', '--out', 'x']],
    [['export', 'run', '--format', 'bundle']],
    [['train', 'a', 'b']],
    [['doctor', '--threads', '0']],
    [['runs', 'hide', 'x']],
  ])('anneal %j is refused before anything is done', async (args) => {
    const written: string[] = [];
    const program = createProgram();
    for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)])
      command.configureOutput({ writeErr: (text) => written.push(text) });
    await expect(program.parseAsync(['node', 'anneal', ...args])).rejects.toMatchObject({ exitCode: 1 });
    expect(written.join('')).toMatch(/^error: /m);
  });

  it('exits with 2, without a stack trace; help and version exit with 0', async () => {
    const [wrong, help, version] = await Promise.all([
      anneal(['trian']),
      anneal(['train', '--help']),
      anneal(['--version']),
    ]);
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(hasStackTrace(wrong)).toBe(false);
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(version).toMatchObject({ code: 0, stderr: '' });
  });
});
