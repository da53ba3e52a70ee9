import { beforeAll, expect, it } from 'vitest';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { expectSameBits, resumable } from '../support/resumed-training.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { paintedDataset } from '../support/training-fixture.ts';

beforeAll(async () => {
  await loadRuntime();
});

it.each(resumable)(
  'a training that is stopped after any step and resumed ends with the same bits: %s',
  async (_, config) => {
    expect.hasAssertions();
    const folder = temporaryFolder();
    const dataset = await paintedDataset(folder, { perClass: 5 });
    await expectSameBits({ folder, dataset }, config, [1, 2, 3, 4, 5, 6, 7, 8]);
  },
);
