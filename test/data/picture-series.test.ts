import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { makeFolds } from '../../src/data/make-folds.ts';
import { makeSplit } from '../../src/data/make-split.ts';
import { scanFolder } from '../../src/data/scan-folder.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import { datasetKind } from '../../src/stored/dataset.ts';
import { encode, upgrade } from '../../src/stored/kind.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const side = 72;

/** A scene that no other looks like: lights of random place, size and colour. uint8 [side, side, 3]. */
function paintScene(seed: number): Uint8ClampedArray {
  const random = randomStream(seed, 'scene');
  const lights = Array.from({ length: 10 }, () => ({
    x: random.uniform() * side,
    y: random.uniform() * side,
    spread: random.between(6, 18),
    colour: [0, 1, 2].map(() => random.between(-110, 110)),
  }));
  const pixels = new Uint8ClampedArray(side * side * 3);
  for (let y = 0, at = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let c = 0; c < 3; c++, at++)
        pixels[at] = lights.reduce(
          (sum, light) =>
            sum + light.colour[c]! * Math.exp(-((x - light.x) ** 2 + (y - light.y) ** 2) / (2 * light.spread ** 2)),
          120,
        );
  return pixels;
}

/** The same scene in other light: brightness, contrast and gamma, and the noise of a camera. */
function relight(pixels: Uint8ClampedArray, seed: number): Uint8ClampedArray {
  const random = randomStream(seed, 'light');
  const [brightness, contrast, gamma] = [random.between(-40, 40), random.between(0.5, 1.3), random.between(0.6, 1.7)];
  return Uint8ClampedArray.from(pixels, (value) => {
    const bent = 255 * (value / 255) ** gamma;
    return (bent - 128) * contrast + 128 + brightness + random.normal() * 2;
  });
}

async function write(path: string, pixels: Uint8ClampedArray, taken?: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 3 } }).jpeg({ quality: 88 });
  await (taken ? picture.withExif({ IFD2: { DateTimeOriginal: taken } }) : picture).toFile(path);
}

const number = (value: number, digits = 4) => String(value).padStart(digits, '0');

/** The scene that the test painted, by path, against the group that was found. */
function expectWhole(dataset: Dataset, sceneOf: (path: string) => string): void {
  const groups = new Map<string, Set<number>>();
  for (const { path, group } of dataset.pictures) {
    const scene = sceneOf(path);
    groups.set(scene, (groups.get(scene) ?? new Set()).add(group));
  }
  for (const [scene, found] of groups) expect(found.size, scene).toBe(1);
}

function countSeparated(dataset: Dataset, roleOf: ArrayLike<number>, sceneOf: (path: string) => string): number {
  const roles = new Map<string, Set<number>>();
  dataset.pictures.forEach(({ path }, i) => {
    const scene = sceneOf(path);
    roles.set(scene, (roles.get(scene) ?? new Set()).add(roleOf[i]!));
  });
  return [...roles.values()].filter((found) => found.size > 1).length;
}

function rolesOf(dataset: Dataset, seed: number): Int32Array {
  const split = makeSplit(dataset, { seed, testFraction: 0.2, validationFraction: 0.2 });
  const roles = new Int32Array(dataset.pictures.length);
  for (const index of split.validation) roles[index] = 1;
  for (const index of split.test) roles[index] = 2;
  return roles;
}

describe('series by names that count', () => {
  it('keeps each scene that was photographed four times in other light on one side of folds and splits', async () => {
    const root = temporaryFolder();
    const sceneOf = new Map<string, string>();
    for (let scene = 0; scene < 60; scene++) {
      const kind = scene % 2 === 0 ? 'even' : 'odd';
      const pixels = paintScene(scene);
      for (let light = 1; light <= 4; light++) {
        const path = `${kind}/shot_exp${light}_num_${scene * 50 + light * 7}.jpg`;
        sceneOf.set(path, `${scene}`);
        await write(join(root, path), relight(pixels, scene * 10 + light));
      }
    }
    const dataset = await scanFolder(root);
    const named = (path: string) => sceneOf.get(path)!;
    const labels = dataset.pictures.map(({ label }) => label);
    const groups = dataset.pictures.map(({ group }) => group);
    for (const seed of [0, 1, 2]) {
      expect(countSeparated(dataset, makeFolds(labels, groups, 5, seed), named)).toBe(0);
      expect(countSeparated(dataset, rolesOf(dataset, seed), named)).toBe(0);
    }
    expectWhole(dataset, named);
    // Joining everything would keep scenes together too.
    expect(new Set(groups).size).toBeGreaterThan(50);
    for (const { a, b } of dataset.pairs) expect(named(a)).toBe(named(b));
    expect(dataset.pairs.length).toBeGreaterThan(50);
  });

  it.each([1, 2, 3])('leaves a class apart whose files are merely numbered, seed %i', async (seed) => {
    const root = temporaryFolder();
    for (const [k, kind] of ['cat', 'dog'].entries())
      for (let i = 1; i <= 120; i++)
        await write(join(root, kind, `${number(i)}.jpg`), paintScene(seed * 10_000 + k * 1000 + i));
    const { pictures, pairs } = await scanFolder(root);
    expect(new Set(pictures.map(({ group }) => group)).size).toBe(240);
    expect(pictures.filter(({ why }) => why !== undefined)).toEqual([]);
    expect(pairs).toEqual([]);
  });

  it('keeps bursts of 31 and of 40 frames whole', async () => {
    const root = temporaryFolder();
    for (let scene = 0; scene < 8; scene++) {
      const pixels = paintScene(scene + 300);
      const random = randomStream(scene, 'burst');
      for (let frame = 0; frame < (scene < 4 ? 31 : 40); frame++)
        await write(
          join(root, scene % 2 === 0 ? 'left' : 'right', `scene${scene}_${number(frame, 3)}.jpg`),
          Uint8ClampedArray.from(pixels, (value) => value + random.normal() * 3),
        );
    }
    const dataset = await scanFolder(root);
    expectWhole(dataset, (path) => /scene\d/.exec(path)![0]);
    expect(new Set(dataset.pictures.map(({ group }) => group)).size).toBeGreaterThanOrEqual(6);
    expect(dataset.pictures.every(({ why }) => why === 'copy')).toBe(true);
  });
});

describe('series by times of capture', () => {
  /** Names tell nothing. */
  const album = async (root: string, timeOf: (scene: number, shot: number) => string) => {
    const random = randomStream(4, 'names');
    const sceneOf = new Map<string, string>();
    for (let scene = 0; scene < 40; scene++)
      for (let shot = 0; shot < 3; shot++) {
        const letters = Array.from({ length: 12 }, () => String.fromCharCode(97 + random.integer(26))).join('');
        const path = `${scene % 2 === 0 ? 'in' : 'out'}/${letters}.jpg`;
        sceneOf.set(path, `${scene}`);
        await write(join(root, path), relight(paintScene(600 + scene), scene * 5 + shot), timeOf(scene, shot));
      }
    return (path: string) => sceneOf.get(path)!;
  };

  it('joins what was taken within seconds and looks alike', async () => {
    const root = temporaryFolder();
    const sceneOf = await album(
      root,
      (scene, shot) => `2024:05:01 ${number(8 + Math.floor(scene / 6), 2)}:${number((scene % 6) * 10, 2)}:0${shot * 2}`,
    );
    const dataset = await scanFolder(root);
    expectWhole(dataset, sceneOf);
    expect(new Set(dataset.pictures.map(({ group }) => group)).size).toBeGreaterThan(35);
    expect(dataset.pictures.filter(({ why }) => why === 'time').length).toBeGreaterThan(60);
  });

  it('believes no time that all pictures share', async () => {
    const root = temporaryFolder();
    await album(root, () => '2024:05:01 12:00:00');
    const { pictures } = await scanFolder(root);
    expect(pictures.filter(({ why }) => why === 'time')).toEqual([]);
  });
});

describe('groups of a list', () => {
  it.each(['group', 'Series', 'patient', 'group_id', 'subject'])(
    'keeps together what the column %s names',
    async (column) => {
      const root = temporaryFolder();
      const rows = [`path,label,${column}`];
      for (let i = 0; i < 24; i++) {
        await write(join(root, 'all', `p${i}.jpg`), paintScene(900 + i));
        rows.push(`all/p${i}.jpg,${i % 2 === 0 ? 'a' : 'b'},${i < 20 ? `person ${i % 5}` : ''}`);
      }
      writeFileSync(join(root, 'metadata.csv'), rows.join('\n'));
      const dataset = await scanFolder(root);
      expectWhole(dataset, (path) => {
        const i = Number(/p(\d+)/.exec(path)![1]);
        return i < 20 ? `person ${i % 5}` : path;
      });
      expect(new Set(dataset.pictures.map(({ group }) => group)).size).toBe(5 + 4);
      expect(dataset.pictures.filter(({ why }) => why === 'given')).toHaveLength(20);
    },
  );
});

describe('a stored dataset', () => {
  it('of before reasons were kept knows its groups as copies', () => {
    const picture = { sha256: '', label: 0, width: 1, height: 1, format: 'png', given: null, bytes: 1, modifiedMs: 1 };
    const pictures = [0, 1, 0].map((group, i) => ({ ...picture, path: `${i}`, group }));
    const old = { formatVersion: 1, root: '/', classes: ['a'], pictures, problems: [], contentHash: 'x' };
    const read = upgrade(datasetKind, old, 'x');
    expect(read.pictures.map(({ why }) => why)).toEqual(['copy', undefined, 'copy']);
    expect(read.pairs).toEqual([]);
    expect(upgrade(datasetKind, JSON.parse(encode(datasetKind, read)), 'x')).toEqual(read);
  });
});
