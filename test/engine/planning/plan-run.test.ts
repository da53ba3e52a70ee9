import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { planRun, type PlanSources } from '../../../src/engine/planning/plan-run.ts';
import { proposeRun } from '../../../src/engine/planning/propose-run.ts';
import { Speeds } from '../../../src/engine/planning/speeds.ts';
import { describeError } from '../../../src/messages/describe.ts';
import { buildNet } from '../../../src/models/index.ts';
import { presetValues } from '../../../src/settings/values.ts';
import type { Measurement } from '../../../src/store/measurements.ts';
import { listZoo } from '../../../src/zoo/index.ts';
import { countedDataset } from '../../support/plan-dataset.ts';
import { processorMilliseconds } from '../../support/processor-time.ts';

const free = { memoryBytes: 16e9, diskBytes: 100e9 };
/** Lite0 at 224 has 385,187,552 multiply-adds: 200 pictures a second. */
const forward: Measurement = {
  kind: 'forward',
  subject: 'tf_efficientnet_lite0@224',
  work: 385_187_552 * 200,
  amount: 1,
};
let sources: PlanSources;

beforeAll(async () => {
  const zoo = await listZoo(join(tmpdir(), 'anneal-no-zoo'));
  sources = { dataset: countedDataset(200, ['a', 'b', 'c', 'd', 'e']), zoo, speeds: new Speeds([forward]), free };
});

describe('a plan', () => {
  it('tells steps, epochs, snapshots and layer groups of the run that would follow', () => {
    const plan = planRun(sources, 'balanced', { model: { backbone: 'efficientnet_lite0' } });
    expect(plan.problems).toEqual([]);
    // 1000 pictures: 200 for the test, 160 for validation, 640 to train; 2 epochs a cycle, 2 cycles, batches of 32.
    expect(plan).toMatchObject({
      trainPictures: 640,
      training: { pictures: 640, batchSize: 32, totalSteps: 4 * 20 },
      snapshots: 2,
      inputSize: 224,
    });
    const groups = buildNet('tf_efficientnet_lite0').groups.length;
    expect(plan.layerGroups).toHaveLength(groups);
    expect(plan.freezeTo).toBe(0);
    plan.layerGroups.forEach(({ frozen, lrScale }, i) => {
      expect(frozen).toBe(i < plan.freezeTo);
      expect(lrScale).toBeCloseTo(frozen ? 0 : 0.8 ** (groups - 1 - i), 12);
    });
    // Its own 4,652,008 parameters, but the head for 5 classes in place of 1000.
    const parameters = plan.layerGroups.reduce((sum, group) => sum + group.parameters, 0);
    expect(parameters).toBe(4_652_008 - 1281 * 1000 + 1281 * 5);
  });

  it('tells every wrong setting at its key, with a value that would do, and plans the rest', () => {
    const plan = planRun(sources, 'balanced', {
      schedule: { maxLearningRate: 40, minLearningRate: 0.5, numCycles: 2.5, maxLerningRate: 1 },
      data: { sampler: 'balanced' },
      loss: { classWeights: 'balanced' },
      tune: { freezeTo: 40 },
      model: { backbone: 'efficientnet_lite1' },
      optimizer: { name: 'adam' },
    });
    expect(plan.config).toBeNull();
    const nearest = Object.fromEntries(plan.problems.map((problem) => [problem.key, problem.nearest]));
    expect(nearest).toEqual({
      'schedule.maxLearningRate': 10,
      'schedule.minLearningRate': presetValues('balanced').get('schedule.maxLearningRate'),
      'schedule.numCycles': 3,
      'schedule.maxLerningRate': 'schedule.maxLearningRate',
      'optimizer.name': expect.stringMatching(/adamw|sgd/) as unknown,
      'loss.classWeights': 'none',
      'model.backbone': 'efficientnet_lite0',
      'tune.freezeTo': buildNet('tf_efficientnet_lite1').groups.length - 1,
    });
    for (const { failure } of plan.problems) expect(describeError(failure).message).not.toBe(failure.code);
    expect(plan.layerGroups.length).toBeGreaterThan(10);
    expect(plan.snapshots).toBe(2);
  });

  it('refuses nothing for want of memory, but says which batch would fit', () => {
    const narrow = { ...sources, free: { ...free, memoryBytes: 2e9 } };
    const settings = { model: { backbone: 'efficientnet_lite0' }, data: { batchSize: 64 } };
    const plan = planRun(narrow, 'thorough', settings);
    expect(plan.config?.data.batchSize).toBe(64);
    const [problem] = plan.problems;
    expect(problem).toMatchObject({ key: 'data.batchSize', failure: { code: 'plan.memory' } });
    const smaller = { ...settings, data: { batchSize: problem!.nearest } };
    const again = planRun(narrow, 'thorough', smaller);
    expect(again.problems).toEqual([]);
    expect(again.estimate.memoryBytes).toBeLessThan(2e9);
  });

  it('plans what cannot be trained all the same, and says why', () => {
    const plan = (perClass: number, classes: string[], side?: number) =>
      planRun({ ...sources, dataset: countedDataset(perClass, classes, side) }, 'balanced', {});
    const codes = (perClass: number, classes: string[]) =>
      plan(perClass, classes).problems.map(({ failure }) => failure.code);
    expect(codes(20, ['a'])).toEqual(['data.oneClass']);
    expect(codes(1, ['a', 'b'])).toEqual(['train.tooFewPictures']);
    expect(codes(0, [])).toEqual(['data.oneClass']);
    // While a folder is first scanned no sizes are known.
    expect(plan(200, ['a', 'b'], 0)).toMatchObject({ problems: [], inputSize: 224 });
  });

  it('says when cached views would be used by nothing', () => {
    const { problems, config } = planRun(sources, 'thorough', { augment: { mode: 'cachedViews' } });
    expect(problems).toMatchObject([{ key: 'augment.mode', nearest: 'online' }]);
    expect(config?.augment.mode).toBe('cachedViews');
  });

  it('counts the time that measured speeds give, and none where nothing was measured', () => {
    const quick = (speeds: Speeds) => planRun({ ...sources, speeds }, 'quick', {}).estimate;
    const slow = quick(new Speeds([{ ...forward, amount: 100 }]));
    const fast = quick(new Speeds([forward]));
    expect(fast.basis).toBe('measured');
    // 800 pictures through the network for the heads and 200 for the test, at 200 and at 2 a second; a head of 5 classes, not 1000.
    const share = (385_187_552 - 1280 * 995) / 385_187_552;
    expect(slow.seconds! - fast.seconds!).toBeCloseTo(share * (1000 / 2 - 1000 / 200), 6);
    expect(quick(new Speeds([]))).toMatchObject({ seconds: null, basis: 'estimated' });
    const other = quick(new Speeds([{ ...forward, subject: 'resnet18@224' }]));
    expect(other).toMatchObject({ seconds: fast.seconds, basis: 'estimated' });
  });

  it('does not decode again, nor count on disk, what lies in the cache', () => {
    const cold = planRun(sources, 'quick', {}).estimate;
    const warm = planRun({ ...sources, isDecoded: () => true }, 'quick', {}).estimate;
    // uint8 squares of 256 × 256 with a checksum each.
    expect(cold.diskBytes - warm.diskBytes).toBe(1000 * (256 * 256 * 3 + 4));
    expect(warm.seconds!).toBeLessThan(cold.seconds!);
  });

  it('costs more memory, disk and time the more there is to do', () => {
    const cost = (preset: 'quick' | 'balanced' | 'thorough') => planRun(sources, preset, {}).estimate;
    const [quick, balanced, thorough] = [cost('quick'), cost('balanced'), cost('thorough')];
    expect(balanced.seconds!).toBeGreaterThan(quick.seconds!);
    expect(thorough.seconds!).toBeGreaterThan(balanced.seconds!);
    expect(balanced.memoryBytes).toBeGreaterThan(quick.memoryBytes);
    // The same network in the same batches.
    expect(thorough.memoryBytes).toBe(balanced.memoryBytes);
    expect(thorough.diskBytes).toBeGreaterThan(balanced.diskBytes);
    expect(balanced.diskBytes).toBeGreaterThan(quick.diskBytes);
  });

  it('is made in under 100 ms for 50,000 pictures', () => {
    const large = { ...sources, dataset: countedDataset(5000, 'abcdefghij'.split('')) };
    const times = Array.from({ length: 4 }, (_, i) =>
      processorMilliseconds(() => planRun(large, 'balanced', { schedule: { numCycles: i + 1 } })),
    );
    expect(Math.min(...times)).toBeLessThan(100);
  });
});

describe('a proposal', () => {
  const preset = (perClass: number, given: Partial<PlanSources> = {}) =>
    proposeRun({ ...sources, dataset: countedDataset(perClass, ['a', 'b']), ...given }, undefined);

  it('follows the number of pictures and the speed of the machine, with two sentences', () => {
    expect(preset(50).preset).toBe('quick');
    expect(preset(1000).preset).toBe('balanced');
    expect(preset(20_000, { speeds: new Speeds([{ ...forward, amount: 0.001 }]) }).preset).toBe('thorough');
    expect(preset(1000, { speeds: new Speeds([{ ...forward, amount: 1000 }]) }).preset).toBe('quick');
    expect(preset(1000, { zoo: sources.zoo.map((entry) => ({ ...entry, installed: false })) }).preset).toBe('scratch');
    for (const perClass of [50, 1000]) {
      const { reasons, presets } = preset(perClass);
      expect(reasons).toHaveLength(2);
      for (const reason of [...reasons, ...presets.map((one) => one.reason)])
        expect(describeError(reason).message).toMatch(/^[\w].*\.$/);
    }
  });
});
