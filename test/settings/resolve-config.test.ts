import { describe, expect, it } from 'vitest';
import { presetOverrides } from '../../src/settings/presets.ts';
import { presetNames } from '../../src/settings/preset-names.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';

const failure = (sources: Parameters<typeof resolveConfig>[0]): { code: string; params: Record<string, unknown> } => {
  try {
    resolveConfig(sources);
  } catch (error) {
    return error as { code: string; params: Record<string, unknown> };
  }
  throw new Error('was taken');
};

describe('resolveConfig', () => {
  it('lets --set win over the file, the file over the preset, the preset over the defaults', () => {
    const defaults = resolveConfig({});
    expect(defaults.preset).toBe('balanced');
    const scratch = resolveConfig({ preset: 'scratch' });
    expect(scratch.model.backbone).toBe(presetOverrides.scratch.model?.backbone);
    const both = resolveConfig({
      preset: 'scratch',
      config: { model: { backbone: 'resnet32' }, schedule: { numCycles: 7, cycleEpochs: 2 }, seed: 4 },
      set: ['schedule.numCycles=9', 'data.noTest=true', 'tune.l2Grid=[1,2]', 'schedule.numCycles=8'],
    });
    expect(both).toMatchObject({ preset: 'scratch', seed: 4, model: { backbone: 'resnet32' }, data: { noTest: true } });
    expect(both.schedule).toMatchObject({ numCycles: 8, cycleEpochs: 2 });
    expect(both.tune.l2Grid).toEqual([1, 2]);
  });

  it.each(presetNames)('gives a resolved %s back unchanged when it comes as the file', (preset) => {
    const resolved = resolveConfig({ preset, set: ['seed=11', 'optimizer.momentum=0.8'] });
    expect(resolveConfig({ config: JSON.parse(JSON.stringify(resolved)) as Record<string, unknown> })).toEqual(
      resolved,
    );
  });

  it.each([
    ['schedule.numCylces=3', 'schedule.numCycles'],
    ['numCycles=3', 'schedule.numCycles'],
    ['optimiser.momentum=0.5', 'optimizer.momentum'],
    ['schedule.maxLerningRate=0.5', 'schedule.maxLearningRate'],
    ['seeed=1', 'seed'],
    ['schedul=3', 'schedule'],
    ['xyzzy=1', null],
    ['__proto__.x=1', null],
    ['constructor=1', null],
  ])('refuses the misspelt %s and names the nearest, if any is near', (set, nearest) => {
    expect(failure({ set: [set] })).toMatchObject({ code: 'config.unknownKey', params: { nearest } });
  });

  it('tells a section from a setting, and a preset from both', () => {
    const section = failure({ set: ['schedule=5'] });
    expect(section.code).toBe('config.section');
    expect(section.params['settings']).toContain('schedule.numCycles');
    expect(failure({ set: ['tune={"regime":"all"}'] }).code).toBe('config.section');
    expect(failure({ set: ['preset=quick'] }).code).toBe('config.presetBySet');
    expect(failure({ config: { preset: 'fast' } }).code).toBe('config.badValue');
  });

  it.each([
    [{ set: ['schedule.name=cosin'] }, 'cosine'],
    [{ set: ['schedule.numCycles=1000'] }, '100'],
    [{ set: ['schedule.name=xyzzy'] }, null],
    [{ set: ['optimizer.momentum=much'] }, null],
  ])('names the nearest value where one is near: %j', (sources, nearest) => {
    expect(failure(sources)).toMatchObject({ code: 'config.badValue', params: { nearest } });
  });

  it.each([
    [{ formatVersion: '1' }, '"1"'],
    [{ data: { noTest: 'true' } }, '"true"'],
    [{ seed: '' }, '""'],
  ])('shows the quotes of a text that reads like something else: %j', (config, received) => {
    expect(failure({ config })).toMatchObject({ code: 'config.badValue', params: { received } });
  });

  it('finds a misspelt key in a file, however deep', () => {
    expect(failure({ config: { tune: { layerDeccay: 0.5 } } })).toMatchObject({
      code: 'config.unknownKey',
      params: { key: 'tune.layerDeccay', nearest: 'tune.layerDecay' },
    });
    expect(failure({ config: { tunee: { layerDecay: 0.5 } } })).toMatchObject({ code: 'config.unknownKey' });
    expect(failure({ config: JSON.parse('{"__proto__": {"seed": 1}}') as Record<string, unknown> })).toMatchObject({
      code: 'config.unknownKey',
    });
  });

  it.each([
    ['schedule.numCycles=0', { expected: 'a whole number from 1 to 100', received: '0', unit: 'cycles' }],
    ['schedule.numCycles=2.5', { received: '2.5' }],
    ['optimizer.momentum=much', { expected: 'a number from 0 to 0.999', received: 'much' }],
    ['data.noTest=yes', { expected: 'true or false', received: 'yes' }],
    ['data.sampler=random', { expected: 'one of shuffle, stratified, balanced' }],
    ['schedule.maxLearningRate=1e999', { received: 'Infinity' }],
    ['tune.l2Grid=[]', {}],
    ['tune.l2Grid=["a"]', {}],
  ])('refuses %s, telling what would do', (set, params) => {
    const error = failure({ set: [set] });
    expect(error.code).toBe('config.badValue');
    expect(error.params).toMatchObject(params);
  });

  it.each(['noequals', '=1', ''])('refuses --set %j', (set) => {
    expect(failure({ set: [set] }).code).toBe('config.badSet');
  });

  it('refuses settings that contradict each other', () => {
    expect(failure({ set: ['data.sampler=balanced', 'loss.classWeights=balanced'] }).code).toBe('config.conflict');
    expect(failure({ set: ['schedule.minLearningRate=1', 'schedule.maxLearningRate=0.1'] }).code).toBe(
      'config.conflict',
    );
    expect(failure({ set: ['model.pretrained=false', 'model.backbone=auto'] }).params).toMatchObject({
      conflict: 'nothingToCompare',
    });
  });

  it('fills what a whole file of an older version lacks, and refuses a newer one', () => {
    const { formatVersion, ...whole } = resolveConfig({ preset: 'quick' });
    expect(resolveConfig({ config: { ...whole, formatVersion } })).toEqual({ ...whole, formatVersion });
    expect(failure({ config: { ...whole, formatVersion: formatVersion + 1 } })).toMatchObject({
      code: 'stored.newer',
      params: { key: 'formatVersion', received: formatVersion + 1 },
    });
  });

  it('takes digits for a name where a name is asked for', () => {
    expect(resolveConfig({ set: ['model.backbone=123'] }).model.backbone).toBe('123');
  });
});
