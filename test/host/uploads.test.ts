import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Uploads } from '../../src/host/uploads.ts';
import { openPage } from '../support/browser-page.ts';
import { servedEngine } from '../support/served-engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let host: Awaited<ReturnType<typeof servedEngine>>;
let page: Awaited<ReturnType<typeof openPage>>;

beforeAll(async () => {
  host = await servedEngine();
  page = await openPage(host.url);
});
afterAll(() => host.end());

const uploadsFolder = () => join(host.folders.workspace, 'uploads');
const unfinished = () => readdirSync(uploadsFolder()).filter((name) => name.startsWith('.'));

async function begin(plan: object): Promise<string> {
  const answer = await page.send('POST', '/files/uploads', { kind: 'folder', name: 'set', ...plan });
  expect(answer.status, answer.text).toBe(200);
  return (JSON.parse(answer.text) as { upload: string }).upload;
}
const put = (id: string, path: string, text: string) =>
  page.send('PUT', `/files/uploads/${id}/${path}`, Buffer.from(text));
const finish = async (id: string) =>
  JSON.parse((await page.send('POST', `/files/uploads/${id}`)).text) as { path: string };
const codeOf = ({ text }: { text: string }): string => (JSON.parse(text) as { error: { code: string } }).error.code;

describe('an upload', () => {
  it('of a folder appears under its name only when all of it is there', async () => {
    const id = await begin({ name: 'Цветы 2026', files: 3, bytes: 12 });
    expect((await put(id, 'rose/1%20a.jpg', 'rose')).status).toBe(204);
    expect((await put(id, `${encodeURIComponent('тюльпан')}/deep/er/2.jpg`, 'tuli')).status).toBe(204);
    expect(codeOf(await page.send('POST', `/files/uploads/${id}`))).toBe('host.uploadCut');
    expect(existsSync(join(uploadsFolder(), 'Цветы 2026'))).toBe(false);
    expect((await put(id, 'rose/%252e%252e', 'odd!')).status).toBe(204);
    const { path } = await finish(id);
    expect(path).toBe(join(uploadsFolder(), 'Цветы 2026'));
    expect(readFileSync(join(path, 'rose', '1 a.jpg'), 'utf8')).toBe('rose');
    expect(readFileSync(join(path, 'тюльпан', 'deep', 'er', '2.jpg'), 'utf8')).toBe('tuli');
    expect(readdirSync(join(path, 'rose')).sort()).toEqual(['%2e%2e', '1 a.jpg']);
    expect(unfinished()).toEqual([]);
    expect(codeOf(await put(id, 'late.jpg', 'late'))).toBe('host.unknownUpload');
  });

  it('gives a second folder of the same name a number', async () => {
    const paths: string[] = [];
    for (let i = 0; i < 3; i++) {
      const id = await begin({ name: 'same', files: 1, bytes: 1 });
      await put(id, 'a.jpg', String(i));
      paths.push((await finish(id)).path);
    }
    expect(paths).toEqual(['same', 'same 2', 'same 3'].map((name) => join(uploadsFolder(), name)));
    expect(paths.map((path) => readFileSync(join(path, 'a.jpg'), 'utf8'))).toEqual(['0', '1', '2']);
  });

  it('of one file takes that file and no other', async () => {
    const id = await begin({ kind: 'file', name: 'net.safetensors', files: 1, bytes: 4 });
    expect(codeOf(await put(id, 'other.bin', 'data'))).toBe('host.badName');
    expect((await put(id, 'net.safetensors', 'data')).status).toBe(204);
    const { path } = await finish(id);
    expect(path).toMatch(/uploads[/\\]files[/\\][0-9a-f]{24}[/\\]net\.safetensors$/);
    expect(readFileSync(path, 'utf8')).toBe('data');
  });

  it.each([
    '..',
    '%2e%2e/x',
    '..%2f..%2fx',
    'a/../../x',
    'a//b',
    '/etc/x',
    '%2fetc%2fx',
    '.',
    'a/.',
    'a%00b',
    'a%0ab',
    'a%5cb',
    'con',
    'a/NUL.jpg',
    'x'.repeat(300),
  ])('refuses the path %s', async (path) => {
    const id = await begin({ files: 1, bytes: 9 });
    const answer = await put(id, path, 'x');
    expect([400, 404], answer.text).toContain(answer.status);
    await page.send('DELETE', `/files/uploads/${id}`);
  });

  it.each(['..', '.', '.hidden', 'a/b', 'a\\b', '', 'a\0', 'x'.repeat(256)])('refuses the name %j', async (name) => {
    const answer = await page.send('POST', '/files/uploads', { kind: 'folder', name, files: 1, bytes: 1 });
    expect(answer.status).toBe(400);
  });

  it('takes no more files and bytes than were announced, and no file twice', async () => {
    const id = await begin({ files: 2, bytes: 10 });
    expect((await put(id, 'a.jpg', '12345')).status).toBe(204);
    expect(await put(id, 'a.jpg', '12345').then(codeOf)).toBe('host.exists');
    expect(await put(id, 'b.jpg', '123456')).toMatchObject({ status: 413 });
    expect((await put(id, 'b.jpg', '12345')).status).toBe(204);
    expect(await put(id, 'c.jpg', '')).toMatchObject({ status: 413 });
    const { path } = await finish(id);
    expect(readFileSync(join(path, 'a.jpg'), 'utf8')).toBe('12345');
  });

  it('larger than the disk has room for is refused before it begins', async () => {
    const answer = await page.send('POST', '/files/uploads', { kind: 'folder', name: 'big', files: 1, bytes: 1e15 });
    expect(answer.status).toBe(507);
    expect(codeOf(answer)).toBe('host.noRoom');
  });

  it('that is given up leaves nothing, and neither does a file that was cut', async () => {
    const id = await begin({ files: 2, bytes: 2e6 });
    await put(id, 'a.jpg', 'a');
    const cut = request({
      host: '127.0.0.1',
      port: host.port,
      method: 'PUT',
      path: `/files/uploads/${id}/b.jpg`,
      headers: { cookie: page.cookie, origin: `http://127.0.0.1:${host.port}`, 'content-length': 1_000_000 },
    });
    cut.on('error', () => undefined);
    cut.write(Buffer.alloc(300_000));
    const folder = join(uploadsFolder(), `.unfinished-${id}`);
    await vi.waitFor(() => expect(existsSync(join(folder, 'b.jpg'))).toBe(true));
    cut.destroy();
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual(['a.jpg']));
    expect((await page.send('DELETE', `/files/uploads/${id}`)).status).toBe(204);
    expect(unfinished()).toEqual([]);
  });

  it('too many at a time, or planned in another shape, are refused', async () => {
    for (const plan of [
      {},
      { kind: 'folder' },
      { kind: 'disk', name: 'a', files: 1, bytes: 1 },
      { kind: 'folder', name: 'a', files: 1, bytes: -1 },
      { kind: 'folder', name: 'a', files: 1e9, bytes: 1 },
    ])
      expect((await page.send('POST', '/files/uploads', plan)).status).toBe(400);
    const huge = await page.send('POST', '/files/uploads', {
      kind: 'folder',
      name: 'x'.repeat(100_000),
      files: 1,
      bytes: 1,
    });
    expect(huge.status).toBe(400);
    const ids: string[] = [];
    for (let i = 0; i < 16; i++) ids.push(await begin({ files: 1, bytes: 1 }));
    expect(await page.send('POST', '/files/uploads', { kind: 'folder', name: 'a', files: 1, bytes: 1 })).toMatchObject({
      status: 429,
    });
    for (const id of ids) await page.send('DELETE', `/files/uploads/${id}`);
  });

  it('that an earlier server left behind goes after a day', async () => {
    const folder = temporaryFolder();
    const day = (days: number) => Date.now() / 1000 - days * 86_400;
    for (const [name, days] of [
      ['.unfinished-a', 2],
      ['.unfinished-b', 0],
      ['kept', 9],
      ['files/old', 2],
      ['files/new', 0],
    ] as const) {
      mkdirSync(join(folder, name), { recursive: true });
      utimesSync(join(folder, name), day(days), day(days));
    }
    await new Uploads(folder).prepare();
    expect(readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()).toEqual(
      ['.unfinished-b', 'files', join('files', 'new'), 'kept'].sort(),
    );
  });
});

describe('a download', () => {
  it('gives exports as files and folders as archives, with names that stay whole', async () => {
    const place = JSON.parse(
      (await page.get(`/files/export-place?name=${encodeURIComponent('цветы "1".bin')}`)).text,
    ) as { path: string };
    const exports = join(host.folders.workspace, 'exports');
    expect(place.path).toBe(join(exports, 'цветы "1".bin'));
    writeFileSync(place.path, 'weights');
    const answer = await page.get(`/files/download?path=${encodeURIComponent(place.path)}`);
    expect(answer).toMatchObject({ status: 200, text: 'weights', headers: { 'content-length': '7' } });
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent('цветы "1".bin')}`,
    );
    const second = JSON.parse(
      (await page.get(`/files/export-place?name=${encodeURIComponent('цветы "1".bin')}`)).text,
    ) as { path: string };
    expect(second.path).toBe(join(exports, 'цветы "1" 2.bin'));

    mkdirSync(join(exports, 'model', 'variables'), { recursive: true });
    writeFileSync(join(exports, 'model', 'saved_model.pb'), 'graph');
    writeFileSync(join(exports, 'model', 'variables', 'data'), Buffer.alloc(300_000, 7));
    const archive = await page.get(`/files/download?path=${encodeURIComponent(join(exports, 'model'))}`);
    const files = unzipSync(archive.body);
    expect(Object.keys(files).sort()).toEqual(['model/saved_model.pb', 'model/variables/data']);
    expect(Buffer.alloc(300_000, 7).equals(files['model/variables/data']!)).toBe(true);
  });

  it('gives nothing else', async () => {
    const { workspace, secret } = host.folders;
    const exports = join(workspace, 'exports');
    for (const path of [
      exports,
      `${exports}/../anneal.db`,
      join(workspace, 'anneal.db'),
      secret,
      '/',
      '',
      `${exports}/nothing`,
    ]) {
      const { status } = await page.get(`/files/download?path=${encodeURIComponent(path)}`);
      expect([403, 404], path).toContain(status);
    }
    for (const name of ['../x', '..', '', 'a/b', '.x', 'a\0']) {
      expect((await page.get(`/files/export-place?name=${encodeURIComponent(name)}`)).status, name).toBe(400);
    }
  });
});
