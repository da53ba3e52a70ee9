/** Started by tests as another user or to be killed: `scan ROOT` or `cache ROOT FOLDER SIDE`; prints JSON lines. */
import { openPictureCache } from '../../src/data/picture-cache.ts';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { toErrorData } from '../../src/base/errors.ts';

const [what, root, folder, side] = process.argv.slice(2) as [string, string, string, string];
const tell = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`);
try {
  const dataset = await scanFolder(root);
  if (what === 'scan') tell({ problems: dataset.problems, pictures: dataset.pictures.length });
  else {
    tell('caching');
    const preprocessing = {
      inputSize: Number(side),
      cropFraction: 1,
      interpolation: 'bicubic',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    } as const;
    const cache = await openPictureCache(dataset, preprocessing, { folder, limitBytes: 1e9 });
    await cache.close();
    tell('cached');
  }
} catch (error) {
  tell({ error: toErrorData(error) });
}
