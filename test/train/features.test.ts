import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { replaceHead } from '../../src/models/rewrites.ts';
import { boundaryNode } from '../../src/models/spec-queries.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { featureKey, type FeatureRequest } from '../../src/train/extract-features.ts';
import { fineTune } from '../../src/train/fine-tune.ts';
import { assertCacheable } from '../../src/train/fine-tune-setup.ts';
import { PictureSource } from '../../src/train/picture-source.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { frozenTrunk } from '../../src/train/trunk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinySpec } from '../support/tiny-model.ts';
import {
  configOf,
  jobOf,
  largestDifference,
  paintedDataset,
  rememberingHost,
  tinyNetwork,
  tinyRun,
} from '../support/training-fixture.ts';
import { indices } from '../support/indices.ts';

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(async () => {
  folder = temporaryFolder();
  dataset = await paintedDataset(folder, { perClass: 6, side: 40 });
});

const config: TrainConfigInput = {
  tune: { regime: 'upper', normMode: 'training' },
  optimizer: { name: 'nesterov', weightDecay: 1e-3 },
  data: { batchSize: 5 },
  // 18 pictures by 5 are 4 steps an epoch: 52 steps.
  schedule: { cycleEpochs: 13, numCycles: 1, maxLearningRate: 0.02, minLearningRate: 0.01 },
};

type Values = Record<string, number[]>;

const withoutVariance = ({ 'deepNorm.running_var': _variance, ...others }: Values): Values => others;

/** Variances here reach 35, where float32 numbers lie 4e-6 apart: they are compared relative to the largest. */
function shareOfVariance({ 'deepNorm.running_var': variance }: Values): Values {
  const largest = Math.max(...variance!);
  return { variance: variance!.map((value) => value / largest) };
}

describe('training on cached features', () => {
  it.each([
    ['in the step, folded', true],
    ['in the step, as they are', false],
  ])('equals training with the frozen layers %s, over 52 steps', async (_, folded) => {
    const cached = await tinyRun(folder, dataset, configOf(config), { runId: 'cached' });
    const { boundary, freezeTo, source: features } = cached.setup;
    expect({ boundary, freezeTo, from: features.from }).toEqual({ boundary: 'relu', freezeTo: 1, from: 'relu' });
    await cached.train();

    const network = tinyNetwork();
    const uncached = await tinyRun(folder, dataset, configOf(config), { runId: 'uncached', network });
    const trunk = folded ? frozenTrunk(network, boundary) : null;
    const { preprocessing } = network.spec;
    const pictures = await uncached.context.openPictures(preprocessing);
    const source = new PictureSource({ cache: pictures, preprocessing, augment: null, seed: 0, trunk });
    await fineTune(uncached.context, { ...uncached.task, source });

    expect(cached.steps).toHaveLength(52);
    const losses = (run: typeof cached) => ({ losses: run.steps.map(({ measures }) => measures.loss) });
    expect(largestDifference(losses(cached), losses(uncached))).toBeLessThan(1e-5);
    const [ofCached, ofUncached] = [cached.atSnapshot[0]!, uncached.atSnapshot[0]!];
    expect(largestDifference(shareOfVariance(ofCached), shareOfVariance(ofUncached))).toBeLessThan(1e-6);
    expect(largestDifference(withoutVariance(ofCached), withoutVariance(ofUncached))).toBeLessThan(1e-5);
    tf.dispose(trunk?.constants ?? {});
    await cached.close();
    await uncached.close();
  });
});

describe('the key of cached features', () => {
  const keyOf = async (
    changed: Partial<FeatureRequest> = {},
    input: TrainConfigInput = {},
    pictures: Dataset = dataset,
  ): Promise<string> => {
    const context = new RunContext(await jobOf(folder, pictures, configOf(input)), rememberingHost());
    const network = tinyNetwork();
    const key = featureKey(context, { network, to: 'relu', pictures: indices(0, 1, 2), view: null, ...changed });
    tf.dispose(network.params);
    return key;
  };
  const preprocessed = (change: Partial<NetSpec['preprocessing']>) => {
    const network = tinyNetwork();
    tf.dispose(network.params);
    const { spec } = network;
    return { network: { ...network, spec: { ...spec, preprocessing: { ...spec.preprocessing, ...change } } } };
  };

  it('is that of every run with the same trunk, boundary, preprocessing and files', async () => {
    expect(await keyOf({}, { seed: 3, tune: { layerDecay: 0.5 } })).toBe(await keyOf());
  });

  it('changes with everything the features depend on', async () => {
    const { augment } = configOf();
    const other = tinyNetwork();
    tf.dispose(other.params);
    const changedFile = {
      ...dataset,
      pictures: dataset.pictures.map((picture, i) => (i === 1 ? { ...picture, sha256: 'f'.repeat(64) } : picture)),
    };
    const keys = {
      plain: await keyOf(),
      trunk: await keyOf({ network: { ...other, origin: 'another file' } }),
      boundary: await keyOf({ to: 'deepRelu' }),
      crop: await keyOf(preprocessed({ cropFraction: 1 })),
      size: await keyOf(preprocessed({ inputSize: 32 })),
      resize: await keyOf(preprocessed({ interpolation: 'bilinear' })),
      mean: await keyOf(preprocessed({ mean: [0.5, 0.5, 0.5] })),
      file: await keyOf({}, {}, changedFile),
      fewer: await keyOf({ pictures: indices(0, 1) }),
      order: await keyOf({ pictures: indices(0, 2, 1) }),
      view: await keyOf({ view: { index: 1, augment } }),
      otherView: await keyOf({ view: { index: 2, augment } }),
      otherAugmentation: await keyOf({ view: { index: 1, augment: { ...augment, rotation: 10 } } }),
      otherSeed: await keyOf({ view: { index: 1, augment } }, { seed: 1 }),
    };
    expect(new Set(Object.values(keys)).size, JSON.stringify(keys, null, 1)).toBe(Object.keys(keys).length);
  });
});

describe('caching features', () => {
  const refusal = (spec: NetSpec, boundary: string, freezeTo: number, input: TrainConfigInput = {}) => {
    try {
      assertCacheable(spec, boundary, freezeTo, configOf(input));
      return null;
    } catch (error) {
      return (error as { code: string; params: { reason: string } }).params.reason;
    }
  };
  const spec = tinySpec(3);

  it('is allowed at the boundary of what is frozen', () => {
    expect(refusal(spec, boundaryNode(spec, 1), 1)).toBeNull();
    expect(refusal(spec, boundaryNode(spec, 2), 2, { tune: { normMode: 'training' } })).toBeNull();
  });

  it('is refused where batch norm in training mode, or anything else that trains, lies below the boundary', () => {
    expect(refusal(spec, boundaryNode(spec, 2), 1, { tune: { normMode: 'training' } })).toMatch(/trainable.*deepRelu/);
    expect(refusal(spec, boundaryNode(spec, 1), 0)).toMatch(/trainable/);
  });

  it('is refused where augmentation or dropout is drawn below the boundary', () => {
    expect(refusal(spec, boundaryNode(spec, 1), 1, { augment: { mode: 'online' } })).toMatch(/augmentation/);
    const withDropout = replaceHead(spec, 3, { dropoutRate: 0.2 });
    expect(refusal(withDropout, boundaryNode(withDropout, 2), 2)).toBeNull();
    const [stem, ...others] = withDropout.groups;
    const early = { ...withDropout, groups: [{ ...stem!, nodes: ['head.dropout', ...stem!.nodes] }, ...others] };
    expect(refusal(early, boundaryNode(early, 1), 1)).toMatch(/head\.dropout is random/);
  });
});
