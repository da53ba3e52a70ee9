import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage } from '../support/browser-page.ts';
import { servedEngine } from '../support/served-engine.ts';
import { tinyPictures } from '../support/tiny-training.ts';

let host: Awaited<ReturnType<typeof servedEngine>>;
let page: Awaited<ReturnType<typeof openPage>>;
let dataset: string;
let version: string;

beforeAll(async () => {
  host = await servedEngine();
  page = await openPage(host.url);
  const folder = await tinyPictures(host.folders.pictures, 3);
  ({ dataset } = await host.engine.openDataset({ folder }));
  const bytes = readFileSync(join(folder, 'red', '00001.png'));
  version = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
});
afterAll(() => host.end());

describe('the addresses of pictures', () => {
  it('give a thumbnail and the picture itself, kept by the browser where the address names the content', async () => {
    for (const address of ['thumbnail?size=128&', 'picture?']) {
      const path = `/media/${address}dataset=${dataset}&path=red%2F00001.png`;
      const named = await page.get(`${path}&v=${version}`);
      expect(named).toMatchObject({
        status: 200,
        headers: { 'cache-control': 'private, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' },
      });
      expect(await sharp(named.body).metadata()).toMatchObject({ width: 32, height: 32 });
      for (const other of ['', '&v=00000000', `&v=${version.slice(0, 4)}`]) {
        expect(await page.get(path + other)).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
      }
    }
  });

  it.each([
    ['no dataset', 'path=a', 400],
    ['no path', 'dataset=1', 400],
    ['a size of its own', 'dataset=1&path=red/00001.png&size=4096', 400],
    ['one field twice', 'dataset=1&dataset=2&size=128', 400],
    ['another field', 'dataset=1&path=red/00001.png&size=128&format=svg', 400],
    ['an unknown dataset', 'dataset=999&path=red/00001.png&size=128', 404],
    ['a dataset that is no number', 'dataset=../1&path=red/00001.png&size=128', 400],
    ['a picture that is not in it', 'dataset=1&path=red/none.png&size=128', 404],
    ['a path that leads out', 'dataset=1&path=..%2Fsecret%2Fkey.txt&size=128', 404],
    ['an encoded way out', 'dataset=1&path=%252e%252e%2Fsecret%2Fkey.txt&size=128', 404],
    ['an absolute path', 'dataset=1&path=%2Fetc%2Fpasswd&size=128', 404],
  ])('with %s are refused', async (_, query, status) => {
    const answer = await page.get(`/media/thumbnail?${query}`);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveLength(0);
  });
});
