import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { datasetStatistics } from '../../src/data/dataset-statistics.ts';
import { drawSampleDataset } from '../../src/data/sample-dataset.ts';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { describeError } from '../../src/messages/describe.ts';
import { makePictures } from '../support/make-pictures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('counts classes, formats, sizes and duplicates, and warns of what may spoil training', async () => {
  const root = temporaryFolder();
  await makePictures(root, { classes: ['many'], perClass: 24, width: 60, height: 40, seed: 1 });
  await makePictures(root, { classes: ['few'], perClass: 4, width: 28, height: 30, seed: 2, format: 'png' });
  cpSync(join(root, 'many/00000.jpg'), join(root, 'many/copy.jpg'));
  await sharp(join(root, 'many/00001.jpg')).withMetadata({ orientation: 6 }).toFile(join(root, 'many/turned.jpg'));
  const statistics = datasetStatistics(await scanFolder(root));
  expect(statistics).toMatchObject({
    pictures: 30,
    formats: { jpeg: 26, png: 4 },
    shorterSide: { smallest: 28, median: 40, largest: 40 },
    exactDuplicates: 1,
    turned: 1,
    imbalance: 6.5,
  });
  expect(statistics.classes.map(({ name, count }) => [name, count])).toEqual([
    ['few', 4],
    ['many', 26],
  ]);
  expect(statistics.warnings.map(({ code }) => code)).toEqual([
    'data.fewPictures',
    'data.imbalance',
    'data.duplicates',
    'data.tinyPictures',
    'data.turned',
  ]);
  for (const warning of statistics.warnings) expect(describeError(warning).message).not.toBe(warning.code);
});

it('draws the same sample dataset for the same seed: five classes, no duplicates', async () => {
  const [first, second] = [temporaryFolder(), temporaryFolder()];
  await drawSampleDataset(first, { perClass: 4 });
  await drawSampleDataset(second, { perClass: 4 });
  const dataset = await scanFolder(first);
  expect(dataset.classes).toEqual(['fish', 'flower', 'ladder', 'snail', 'star']);
  expect(new Set(dataset.pictures.map(({ group }) => group)).size).toBe(20);
  expect(dataset.problems).toEqual([]);
  for (const { path } of dataset.pictures)
    expect(readFileSync(join(first, path)).equals(readFileSync(join(second, path)))).toBe(true);
});
