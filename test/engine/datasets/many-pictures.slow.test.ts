import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/create-engine.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn } from '../../support/watched-engine.ts';

const classes = Array.from({ length: 10 }, (_, i) => `class-${i}`);

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!;

/** Names are what the first view is made of: a file under many names costs no disk. */
async function manyPictures(memory: string, perClass: number): Promise<string> {
  const made = await makePictures(join(memory, 'made'), { classes, perClass: 20, width: 160, height: 120, seed: 1 });
  const root = join(memory, 'many');
  for (const [label, name] of classes.entries()) {
    mkdirSync(join(root, name), { recursive: true });
    for (let i = 0; i < perClass; i++)
      linkSync(join(memory, 'made', made[label * 20 + (i % 20)]!), join(root, name, `${i}.jpg`));
  }
  return root;
}

/** Median milliseconds of a page of 200 pictures, at places all over the dataset. */
async function pageTime(engine: Engine, dataset: string, total: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 25; i++) {
    const asked = performance.now();
    const page = await engine.listPictures({ dataset, offset: Math.floor((i * total) / 25), limit: 200 });
    times.push(performance.now() - asked);
    expect(page).toMatchObject({ total });
  }
  return median(times);
}

it('shows 50,000 pictures within 5 s, and answers pages in well under 50 ms while it reads them', async () => {
  const memory = temporaryFolder();
  const root = await manyPictures(memory, 5000);
  const engine = engineIn(memory);
  const started = performance.now();
  let first = Infinity;
  const progress = ({ classes: met }: { classes?: readonly unknown[] }): void => {
    if (met && met.length > 0) first = Math.min(first, performance.now() - started);
  };
  const opened = await engine.openDataset({ folder: root }, { progress });
  expect(performance.now() - started).toBeLessThan(5000);
  expect(first).toBeLessThan(300);
  expect(opened).toMatchObject({ pictures: 50_000 });
  expect(opened.scanning).not.toBeNull();
  const { dataset } = opened;
  expect(await pageTime(engine, dataset, 50_000)).toBeLessThan(50);
  const { bytes } = await engine.media.thumbnail({ dataset, path: 'class-7/4321.jpg', size: 128 });
  expect(bytes.length).toBeGreaterThan(500);
});

it('reads all of many pictures behind their first view, and knows them when they are opened again', async () => {
  const memory = temporaryFolder();
  const root = await manyPictures(memory, 1000);
  const engine = engineIn(memory);
  const { dataset } = await engine.openDataset({ folder: root });
  const whole = await engine.checkDataset({ dataset });
  expect(whole).toMatchObject({ scanning: null, pictures: 10_000, version: 1 });
  expect(await pageTime(engine, dataset, 10_000)).toBeLessThan(50);
  const again = engineIn(memory);
  const reopened = performance.now();
  expect(await again.openDataset({ folder: root })).toMatchObject({ dataset, scanning: null });
  expect(performance.now() - reopened).toBeLessThan(5000);
});
