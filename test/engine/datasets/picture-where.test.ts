import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import type { Histogram } from '../../../src/protocol/dataset-view.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, openWhole } from '../../support/watched-engine.ts';

it('lists behind every figure of the statistics as many pictures as it counts', async () => {
  const memory = temporaryFolder();
  const root = join(memory, 'pets');
  for (const [i, width] of [16, 20, 24, 37, 64, 101].entries()) {
    await makePictures(root, { classes: [`c${i % 2}-${i}`], perClass: 5, width, height: 20 + 7 * i, seed: i });
  }
  await makePictures(root, { classes: ['c0-0'], perClass: 9, width: 30, height: 31, seed: 77, format: 'png' });
  copyFileSync(join(root, 'c0-0', '00000.jpg'), join(root, 'c0-0', 'copy.jpg'));
  const turned = await sharp(readFileSync(join(root, 'c1-1', '00000.jpg')))
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  writeFileSync(join(root, 'c1-1', 'turned.jpg'), turned);

  const engine = engineIn(memory);
  const { dataset } = await openWhole(engine, root);
  await engine.editPictures({ dataset, paths: ['c0-0/00003.png'], change: { kind: 'leaveOut', leftOut: true } });
  const { statistics } = await engine.showDataset({ dataset });
  const counted = async (where: Parameters<typeof engine.listPictures>[0]['where']): Promise<number> =>
    (await engine.listPictures({ dataset, where: where ?? null, limit: 1 })).total;

  const bars = async (of: 'shorterSide' | 'aspect' | 'bytes', { edges, counts }: Histogram): Promise<void> => {
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(40);
    for (const [bar, count] of counts.entries()) {
      const range = { kind: 'range', of, from: edges[bar]!, to: edges[bar + 1]! } as const;
      expect([of, bar, await counted(range)]).toEqual([of, bar, count]);
    }
  };
  await bars('shorterSide', statistics.shorterSide);
  await bars('aspect', statistics.aspect);
  await bars('bytes', statistics.bytes);
  for (const [format, count] of Object.entries(statistics.formats))
    expect(await counted({ kind: 'format', format })).toBe(count);
  expect(await counted({ kind: 'copies' })).toBe(statistics.duplicates);
  expect(statistics.duplicates).toBeGreaterThanOrEqual(2);
  expect(await counted({ kind: 'turned' })).toBe(statistics.turned);
  expect(statistics.turned).toBe(1);
});
