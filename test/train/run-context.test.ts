import { expect, it } from 'vitest';
import { estimateCacheBytes } from '../../src/data/decode-target.ts';
import { describeError } from '../../src/messages/describe.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { tinySpec } from '../support/tiny-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { configOf, jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

const { preprocessing } = tinySpec(3, 24);

it('tells once why pictures are decoded anew in every epoch, where they do not fit the cache', async () => {
  const folder = temporaryFolder();
  const dataset = await paintedDataset(folder, { perClass: 2 });
  const host = rememberingHost();
  const context = new RunContext(await jobOf(folder, dataset, configOf()), host, { pictureCacheBytes: 1000 });
  await context.openPictures(preprocessing);
  await context.openPictures(preprocessing);
  const bytes = estimateCacheBytes(dataset.pictures.length, preprocessing);
  expect(host.events.filter(({ type }) => type === 'diagnosticFound')).toEqual([
    { type: 'diagnosticFound', code: 'data.cacheTooLarge', params: { bytes, limit: 1000 }, step: 0 },
  ]);
  expect(describeError({ code: 'data.cacheTooLarge', params: { bytes: 30.2e9, limit: 20e9 } }).message).toContain(
    'would take 30.2 GB, above the limit of 20.0 GB',
  );
  await context.close();
});

it('tells nothing where they fit', async () => {
  const folder = temporaryFolder();
  const host = rememberingHost();
  const context = new RunContext(await jobOf(folder, await paintedDataset(folder, { perClass: 2 }), configOf()), host);
  expect((await context.openPictures(preprocessing)).reason).toBeNull();
  expect(host.events.filter(({ type }) => type === 'diagnosticFound')).toEqual([]);
  await context.close();
});
