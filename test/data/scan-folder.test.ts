import {
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { describeError } from '../../src/messages/describe.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import { paintBlobs } from '../support/make-pictures.ts';
import { sharedData } from '../support/shared.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let painted = 0;
/** Writes pictures that differ from all others. */
async function picture(root: string, ...paths: string[]): Promise<void> {
  for (const path of paths) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    const pixels = paintBlobs(64, 48, 0.5, 7, painted++);
    await sharp(pixels, { raw: { width: 64, height: 48, channels: 3 } })
      .png()
      .toFile(join(root, path));
  }
}

const labelled = (dataset: Dataset) =>
  dataset.pictures.map(({ path, label, given }) => `${given ?? '-'} ${dataset.classes[label]} ${path}`);
const told = (dataset: Dataset) => dataset.problems.map(({ path, code }) => `${code} ${path}`).sort();

describe('layouts', () => {
  it('takes sub-folders as classes in natural order and stays quiet about what systems leave behind', async () => {
    const root = temporaryFolder();
    await picture(root, 'class 10/a.png', 'class 10/b.png', 'class 9/a.png', 'class 9/b.png');
    for (const stray of [
      '.DS_Store',
      'class 9/.DS_Store',
      'class 9/Thumbs.db',
      'class 9/._a.png',
      'desktop.ini',
      '.git/HEAD',
    ]) {
      mkdirSync(dirname(join(root, stray)), { recursive: true });
      writeFileSync(join(root, stray), 'x');
    }
    writeFileSync(join(root, 'README.md'), 'notes');
    const dataset = await scanFolder(root);
    expect(dataset.classes).toEqual(['class 9', 'class 10']);
    expect(labelled(dataset)).toEqual([
      '- class 9 class 9/a.png',
      '- class 9 class 9/b.png',
      '- class 10 class 10/a.png',
      '- class 10 class 10/b.png',
    ]);
    expect(dataset.problems).toEqual([]);
    expect(dataset.pictures[0]).toMatchObject({ width: 64, height: 48, format: 'png' });
  });

  it.each(['val', 'valid', 'validation', 'Validation'])('takes train, %s and test as roles', async (name) => {
    const root = temporaryFolder();
    await picture(root, ...['a', 'b'].flatMap((c) => ['train', name, 'test'].map((part) => `${part}/${c}/1.png`)));
    const dataset = await scanFolder(root);
    expect(dataset.pictures.map(({ given }) => given)).toEqual([
      'train',
      'train',
      'validation',
      'validation',
      'test',
      'test',
    ]);
  });

  it('takes a folder named train for a class where it holds pictures itself', async () => {
    const root = temporaryFolder();
    await picture(root, 'train/1.png', 'train/2.png', 'plane/1.png', 'plane/2.png');
    expect((await scanFolder(root)).classes).toEqual(['plane', 'train']);
  });

  it('names nested classes by their path, and lets folders below a class belong to it', async () => {
    const root = temporaryFolder();
    await picture(
      root,
      'pets/cat/1.png',
      'pets/cat/2.png',
      'pets/dog/1.png',
      'pets/dog/old/2.png',
      'cars/1.png',
      'cars/2.png',
    );
    const dataset = await scanFolder(root);
    expect(dataset.classes).toEqual(['cars', 'pets/cat', 'pets/dog']);
    expect(labelled(dataset)).toContain('- pets/dog pets/dog/old/2.png');
  });

  it('looks through the only folder of an unpacked archive', async () => {
    const root = temporaryFolder();
    await picture(
      root,
      'animals-v2/train/a/1.png',
      'animals-v2/train/a/2.png',
      'animals-v2/train/b/1.png',
      'animals-v2/test/b/2.png',
    );
    const dataset = await scanFolder(root);
    expect(dataset.classes).toEqual(['a', 'b']);
    expect(labelled(dataset)).toContain('test b animals-v2/test/b/2.png');
  });

  it('reads lists with quotes, semicolons, backslashes and a split column', async () => {
    const root = temporaryFolder();
    await picture(root, 'images/1.png', 'images/2, large.png', 'images/3.png', 'images/4.png');
    writeFileSync(
      join(root, 'labels.csv'),
      '\ufeffImage;Label;Split\r\nimages\\1.png;cat;train\r\n"images/2, large.png";"cat ""big""";train\r\nimages/3.png;cat;test\r\nimages/4.png;cat "big";test\r\nimages/5.png;cat;test\r\n../x.png;cat;test\r\n;cat;\r\n',
    );
    const dataset = await scanFolder(root);
    expect(labelled(dataset)).toEqual([
      'train cat images/1.png',
      'train cat "big" images/2, large.png',
      'test cat images/3.png',
      'test cat "big" images/4.png',
    ]);
    expect(told(dataset)).toContain('data.missing images/5.png');
    expect(told(dataset)).toContain('data.outsideRoot ../x.png');
    expect(told(dataset)).toContain('data.listRow labels.csv');
  });

  it('reads metadata.csv in split folders', async () => {
    const root = temporaryFolder();
    await picture(root, 'train/1.png', 'train/2.png', 'test/1.png', 'test/2.png');
    for (const part of ['train', 'test'])
      writeFileSync(join(root, part, 'metadata.csv'), 'file_name,label\n1.png,a\n2.png,b\n');
    expect(labelled(await scanFolder(root))).toEqual([
      'train a train/1.png',
      'train b train/2.png',
      'test a test/1.png',
      'test b test/2.png',
    ]);
  });

  it('tells of what lies outside: loose pictures, other folders, splits without classes, classes never trained', async () => {
    const root = temporaryFolder();
    await picture(
      root,
      'train/a/1.png',
      'train/b/1.png',
      'train/a/2.png',
      'train/b/2.png',
      'extra/1.png',
      'test/1.png',
      'val/c/1.png',
      'val/a/3.png',
      'loose.png',
    );
    expect(told(await scanFolder(root))).toEqual([
      'data.outsideClass loose.png',
      'data.outsideSplit extra',
      'data.unlabelledSplit test',
      'data.untrainedClass c',
    ]);
  });

  it('follows links, but not round in circles', async () => {
    const root = temporaryFolder();
    await picture(root, 'a/1.png', 'a/2.png', 'b/1.png', 'b/2.png');
    symlinkSync(root, join(root, 'a/again'));
    symlinkSync(join(root, 'nowhere.png'), join(root, 'b/dangling.png'));
    const dataset = await scanFolder(root);
    expect(dataset.pictures).toHaveLength(4);
    expect(told(dataset)).toEqual(['data.missing b/dangling.png']);
  });
});

describe('problems', () => {
  it('lists broken files with their reason and goes on', async () => {
    const root = temporaryFolder();
    await picture(root, 'a/1.png', 'a/2.png', 'b/1.jpg', 'b/2.png', 'b/half.png');
    truncateSync(join(root, 'b/half.png'), statSync(join(root, 'b/half.png')).size >> 1);
    writeFileSync(join(root, 'a/empty.jpg'), '');
    writeFileSync(join(root, 'a/page.jpg'), '<html></html>');
    writeFileSync(join(root, 'a/drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    writeFileSync(join(root, 'a/pointer.png'), 'version https://git-lfs.github.com/spec/v1\n');
    const dataset = await scanFolder(root);
    expect(dataset.pictures.map(({ path }) => path)).toEqual(['a/1.png', 'a/2.png', 'b/1.jpg', 'b/2.png']);
    expect(dataset.pictures[2]!.format).toBe('png');
    expect(told(dataset)).toEqual([
      'data.empty a/empty.jpg',
      'data.lfsPointer a/pointer.png',
      'data.notAPicture a/page.jpg',
      'data.svg a/drawing.svg',
      'data.truncated b/half.png',
    ]);
    for (const problem of dataset.problems) expect(describeError(problem).message).not.toBe(problem.code);
  });

  it('keeps the same file under two classes in one group and tells it; names a class with one picture', async () => {
    const root = temporaryFolder();
    await picture(root, 'a/1.png', 'a/2.png', 'b/1.png', 'lonely/1.png');
    cpSync(join(root, 'a/1.png'), join(root, 'b/same.png'));
    const dataset = await scanFolder(root);
    expect(told(dataset)).toEqual(['data.labelConflict b/same.png', 'data.smallClass lonely']);
    const group = (path: string) => dataset.pictures.find((p) => p.path === path)!.group;
    expect(group('b/same.png')).toBe(group('a/1.png'));
    expect(group('a/2.png')).not.toBe(group('a/1.png'));
  });

  it('gives clear errors for folders that cannot be trained on', async () => {
    const root = temporaryFolder();
    const errorOf = async (path: string) =>
      scanFolder(path).then(
        () => 'no error',
        (error: { code: string; params: Record<string, string> }) => {
          expect(describeError(error).message).not.toBe(error.code);
          return error.code;
        },
      );
    mkdirSync(join(root, 'empty'));
    await picture(root, 'flat/1.png', 'single/cat/1.png', 'single/cat/2.png');
    mkdirSync(join(root, 'broken/a'), { recursive: true });
    writeFileSync(join(root, 'broken/a/1.jpg'), '');
    expect(await errorOf(join(root, 'absent'))).toBe('data.rootMissing');
    expect(await errorOf(join(root, 'flat/1.png'))).toBe('data.rootIsFile');
    expect(await errorOf(join(root, 'empty'))).toBe('data.emptyFolder');
    expect(await errorOf(join(root, 'flat'))).toBe('data.noClasses');
    expect(await errorOf(join(root, 'single'))).toBe('data.oneClass');
    expect(await errorOf(join(root, 'broken'))).toBe('data.onlyBroken');
  });
});

describe('scanning again', () => {
  it('gives the same dataset without reading content, and sees a changed file', async () => {
    const root = temporaryFolder();
    const cacheFile = join(temporaryFolder(), 'scan.json');
    await picture(root, 'a/1.png', 'a/2.png', 'b/1.png', 'b/2.png');
    const first = await scanFolder(root, { cacheFile });
    const { mtime } = statSync(join(root, 'a/1.png'));
    const bytes = readFileSync(join(root, 'a/1.png'));
    writeFileSync(join(root, 'a/1.png'), Buffer.alloc(bytes.length));
    utimesSync(join(root, 'a/1.png'), mtime, mtime);
    const modifiedMs = statSync(join(root, 'a/1.png')).mtimeMs;
    if (modifiedMs === first.pictures[0]!.modifiedMs) expect(await scanFolder(root, { cacheFile })).toEqual(first);
    utimesSync(join(root, 'a/1.png'), mtime, new Date(mtime.getTime() + 5000));
    expect(told(await scanFolder(root, { cacheFile }))).toContain('data.notAPicture a/1.png');
    writeFileSync(join(root, 'a/1.png'), bytes);
    rmSync(cacheFile);
    writeFileSync(cacheFile, '{ damaged');
    expect((await scanFolder(root, { cacheFile })).contentHash).toBe(first.contentHash);
  });

  it('stops when told to and tells its progress', async () => {
    const root = temporaryFolder();
    await picture(root, 'a/1.png', 'a/2.png', 'b/1.png', 'b/2.png');
    const seen: number[][] = [];
    await scanFolder(root, { onProgress: (...progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual([4, 4]);
    await expect(scanFolder(root, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });
});

describe.skipIf(!sharedData)('odd files (needs shared data)', () => {
  it('reads or refuses every one as its note says', async () => {
    const root = temporaryFolder();
    const odd = join(sharedData!, 'odd-files');
    const rows = readFileSync(join(odd, 'index.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
    for (const folder of ['odd', 'other']) mkdirSync(join(root, folder));
    for (const row of rows) cpSync(join(odd, row.split(',')[0]!), join(root, 'odd', row.split(',')[0]!));
    await picture(root, 'other/1.png', 'other/2.png');
    const dataset = await scanFolder(root);
    const formats = new Map(dataset.pictures.map(({ path, format }) => [path, format]));
    const codes = new Map(dataset.problems.map(({ path, code }) => [path, code]));
    for (const row of rows) {
      const [name, ...rest] = row.split(',');
      const note = rest.join(',');
      const path = `odd/${name}`;
      if (/unreadable|0 bytes/.test(note)) expect(`${codes.get(path)} ${name}`).toBe(`data.empty ${name}`);
      else if (/LFS/.test(note)) expect(codes.get(path)).toBe('data.lfsPointer');
      else if (/first half/.test(note)) expect(codes.get(path)).toBe('data.truncated');
      else
        expect(`${name} ${formats.get(path)}`).toBe(
          `${name} ${/(JPEG|PNG|WEBP|GIF|BMP)/.exec(note)![1]!.toLowerCase()}`,
        );
    }
    const large = dataset.pictures.find(({ path }) => path === 'odd/sports_cricket_00000162.cms')!;
    expect([large.width, large.height]).toEqual([6016, 4016]);
  });
});
