import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { inEffect } from '../../src/settings/effect.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { loadCheckpoint } from '../../src/train/checkpoint.ts';
import { RunStopped } from '../../src/train/run-stopped.ts';
import { anyConfig } from '../support/random-config.ts';
import { attempt, undisturbed } from '../support/resumed-training.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { configOf, paintedDataset } from '../support/training-fixture.ts';

beforeAll(async () => {
  await loadRuntime();
});

const pictures = () => paintedDataset(temporaryFolder(), { perClass: 5 });

/** All that a training of three steps, or four with a warm-up, leaves behind: losses, snapshots, weights, slots. */
async function whole(dataset: Dataset, config: TrainConfigInput) {
  const { run, sha256, final } = await undisturbed({ folder: temporaryFolder(), dataset }, config);
  expect(run.steps.length).toBeGreaterThanOrEqual(3);
  return { steps: run.steps, sha256, state: final.state };
}

describe('a training under any valid configuration', () => {
  it('that is stopped after any step and resumed ends with the same bits', async () => {
    const dataset = await pictures();
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const expected = await whole(dataset, config);
        for (const stopAfter of [1, 2]) {
          const place = { folder: temporaryFolder(), dataset };
          const sha256 = new Map<number, string>();
          const first = await attempt(place, config, 'run', { sha256 }, stopAfter);
          expect(first.result).toBeInstanceOf(RunStopped);
          const second = await attempt(place, config, 'run', { sha256 });
          const { state } = (await loadCheckpoint(second.run.context.job.runFolder, 'final'))!;
          expect({ steps: [...first.run.steps, ...second.run.steps], sha256, state }).toEqual(expected);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('gives the same bits without the settings that have no effect', async () => {
    const dataset = await pictures();
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        expect(await whole(dataset, inEffect(configOf(config)))).toEqual(await whole(dataset, config));
      }),
      { numRuns: 8 },
    );
  });

  it('repeats for an equal seed, and differs for another', async () => {
    const dataset = await pictures();
    await fc.assert(
      fc.asyncProperty(anyConfig, async (config) => {
        const first = await whole(dataset, config);
        expect(await whole(dataset, config)).toEqual(first);
        const other = await whole(dataset, { ...config, seed: config.seed! + 1 });
        expect(other.steps.map(({ measures }) => measures.loss)).not.toEqual(
          first.steps.map(({ measures }) => measures.loss),
        );
        expect(other.sha256).not.toEqual(first.sha256);
      }),
      { numRuns: 6 },
    );
  });
});
