import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandInputs } from '../../src/protocol/engine-api.ts';
import { pathFields } from '../../src/host/guard-paths.ts';
import { openPage, type openSocket } from '../support/browser-page.ts';
import { answer } from '../support/port-window.ts';
import { servedEngine } from '../support/served-engine.ts';
import { tinyPictures } from '../support/tiny-training.ts';

let host: Awaited<ReturnType<typeof servedEngine>>;
let page: Awaited<ReturnType<typeof openPage>>;
let window: ReturnType<typeof openSocket>;

beforeAll(async () => {
  host = await servedEngine();
  const { pictures, secret } = host.folders;
  await tinyPictures(join(pictures, 'own'), 3);
  mkdirSync(join(pictures, '.hidden'));
  writeFileSync(join(pictures, 'one.jpg'), 'not looked into');
  symlinkSync(secret, join(pictures, 'way-out'));
  symlinkSync(join(pictures, 'own'), join(pictures, 'way-in'));
  symlinkSync(join(secret, 'key.txt'), join(pictures, 'key.txt'));
  page = await openPage(host.url);
  window = page.socket();
  await window.opened;
});
afterAll(() => host.end());

let last = 0;
const call = async (command: string, input: object) => {
  const id = ++last;
  window.send({ type: 'call', id, command, input });
  return window.got(answer(id));
};

/** Ways to name `secret`, which lies beside the allowed folder. */
const waysOut = (pictures: string, secret: string): [string, string][] => [
  ['plainly', secret],
  ['by a step up', `${pictures}/../secret`],
  ['by steps in and up', `${pictures}/own/../../secret`],
  ['through a link', join(pictures, 'way-out')],
  ['through a link to a file', join(pictures, 'key.txt')],
  ['behind a link', join(pictures, 'way-out', 'key.txt')],
  ['with an encoded step', `${pictures}/%2e%2e/secret`],
  ['with a step encoded twice', `${pictures}/%252e%252e/secret`],
  ['with a zero byte', `${pictures}\0/../secret`],
  ['with backslashes', `${pictures}\\..\\secret`],
  ['relatively', '../secret'],
  ['as an address', `file://${secret}`],
  ['by a name that begins alike', `${pictures}-and-more`],
  ['as the root', '/'],
];

describe('a path in a command from a browser', () => {
  it('outside the allowed folders is refused, however it is written, and for each command that takes one', async () => {
    const { pictures, secret } = host.folders;
    for (const [way, path] of waysOut(pictures, secret)) {
      const calls = [
        ['openDataset', { folder: path }],
        ['inspect', { folder: path }],
        ['startRun', { folder: path }],
        ['evaluate', { model: join(pictures, 'one.jpg'), folder: path }],
        ['predict', { model: path, paths: [join(pictures, 'one.jpg')] }],
        ['predict', { model: 'last', paths: [join(pictures, 'one.jpg'), path] }],
        ['zooImport', { path }],
        ['locateDataset', { dataset: '1', folder: path }],
        ['classify', { model: 'last', picture: { path } }],
        ['exportRun', { run: 'last', format: 'bundle', path: `${path}/x.anneal` }],
      ] as const;
      for (const [command, input] of calls) {
        const { error } = (await call(command, input)) as { error?: { code: string } };
        const refused = ['host.notAllowed', 'system.ENOENT', 'system.ENOTDIR'];
        expect(refused, `${command} ${way}: ${error?.code}`).toContain(error?.code);
      }
    }
  });

  it('says which folders are open, and nothing of what lies elsewhere', async () => {
    const { secret, pictures, workspace } = host.folders;
    for (const path of [join(secret, 'key.txt'), join(secret, 'nothing')]) {
      expect(await call('inspect', { folder: path })).toMatchObject({
        error: { code: 'host.notAllowed', params: { path, roots: [pictures, workspace] } },
      });
    }
  });

  it('inside is passed on without links', async () => {
    const own = join(host.folders.pictures, 'own');
    expect(await call('inspect', { folder: own })).toMatchObject({ type: 'result', value: { root: own } });
    expect(await call('inspect', { folder: join(host.folders.pictures, 'way-in') })).toMatchObject({
      value: { root: own },
    });
  });

  it('of an export must be free, and lie among the exports or in an allowed folder', async () => {
    const exportTo = async (path: string) => {
      const { error } = (await call('exportRun', { run: 'none', format: 'bundle', path })) as {
        error: { code: string };
      };
      return error.code;
    };
    const { pictures, workspace } = host.folders;
    expect(await exportTo(join(pictures, 'new.anneal'))).toMatch(/^store\./);
    expect(await exportTo(join(workspace, 'exports', 'new.anneal'))).toMatch(/^store\./);
    expect(await exportTo(join(pictures, 'one.jpg'))).toBe('host.exists');
    expect(await exportTo(join(pictures, 'key.txt'))).toBe('host.exists');
    expect(await exportTo(join(workspace, 'anneal.db'))).toBe('host.notAllowed');
    expect(await exportTo(join(workspace, 'runs', 'new.anneal'))).toBe('host.notAllowed');
  });

  it('of a picture in a dataset never leads out of its folder', async () => {
    for (const path of ['../secret/key.txt', '/etc/passwd', 'a/../../b', 'a//b', '', 'a/./b', 'a\0b']) {
      const calls = [
        ['listPictures', { dataset: '1', paths: [path] }],
        ['editPictures', { dataset: '1', paths: ['a.png', path], change: { kind: 'leaveOut', leftOut: true } }],
        ['previewPictures', { dataset: '1', paths: [path] }],
        ['applyToFolder', { dataset: '1', moves: [{ from: 'a.png', to: path }] }],
        ['applyToFolder', { dataset: '1', moves: [{ from: path, to: 'a.png' }] }],
      ] as const;
      for (const [command, input] of calls) {
        expect(await call(command, input), `${command} ${path}`).toMatchObject({
          error: { code: 'host.badRelativePath' },
        });
      }
    }
  });

  it('in a field of another shape is left to the command to refuse', async () => {
    for (const input of [{ folder: 7 }, { folder: ['a', 'b'] }, { folder: { a: 1 } }, [], null, 'text']) {
      const { error } = (await call('openDataset', input as object)) as { error: { code: string } };
      expect(['engine.badInput', 'host.notAllowed']).toContain(error.code);
    }
  });

  it('has its line for every command whose input names one', () => {
    const named = /folder|path|file|model|from|to$/i;
    for (const [command, schema] of Object.entries(commandInputs)) {
      const fields = Object.keys(schema.entries).filter((field) => named.test(field));
      const declared = Object.keys(pathFields[command as keyof typeof pathFields]).map((way) => way.split('.')[0]);
      expect(declared, command).toEqual(expect.arrayContaining(fields));
    }
  });
});

describe('the folder browser', () => {
  const browse = (path?: string) =>
    page.get(`/files/browse${path === undefined ? '' : `?path=${encodeURIComponent(path)}`}`);

  it('shows the allowed folders, then what is in them, without what is hidden or leads out', async () => {
    const { pictures } = host.folders;
    expect(JSON.parse((await browse()).text)).toEqual({
      path: null,
      parent: null,
      folders: [{ name: 'pictures', path: pictures }],
      pictures: 0,
    });
    expect(JSON.parse((await browse(pictures)).text)).toEqual({
      path: pictures,
      parent: null,
      folders: [
        { name: 'own', path: join(pictures, 'own') },
        { name: 'way-in', path: join(pictures, 'way-in') },
      ],
      pictures: 1,
    });
    expect(JSON.parse((await browse(join(pictures, 'own', 'red'))).text)).toMatchObject({
      parent: join(pictures, 'own'),
      folders: [],
      pictures: 3,
    });
  });

  it('shows nothing outside', async () => {
    const { pictures, secret, workspace } = host.folders;
    for (const [way, path] of [...waysOut(pictures, secret), ['the workspace', workspace] as const]) {
      const { status, text } = await browse(path);
      expect([403, 404], way).toContain(status);
      expect(text).toMatch(/host\.notAllowed|system\.ENOENT/);
    }
    const raw = [
      '/files/browse?path=..%2f..',
      '/files/..%2f..%2fetc%2fpasswd',
      '/assets/..%2f..%2fsecret%2fkey.txt',
      '/../secret/key.txt',
    ];
    for (const path of raw) expect([403, 404], path).toContain((await page.get(path)).status);
  });
});
