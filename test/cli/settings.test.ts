import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { settings } from '../../src/settings/train-config.ts';
import { anneal, jsonLines } from '../support/anneal.ts';

describe('anneal settings', () => {
  it('lists every setting with what a program needs of it', async () => {
    const [result] = jsonLines(await anneal(['settings', '--json']));
    const listed = result!['settings'] as Record<string, unknown>[];
    expect(listed.map(({ key }) => key)).toEqual([...settings.keys()]);
    expect(listed.find(({ key }) => key === 'optimizer.beta1')).toMatchObject({
      default: 0.9,
      unit: 'factor',
      min: 0,
      max: 0.9999,
      paper: { address: 'https://arxiv.org/abs/1412.6980' },
      effectWhen: 'tune.regime is not head and optimizer.name is adamw',
    });
  });

  it('tells as default what training begins with when no preset is named', async () => {
    const [result] = jsonLines(await anneal(['settings', 'schedule.maxLearningRate', '--json']));
    const { preset, schedule } = resolveConfig({});
    expect(result!['settings']).toMatchObject([
      { default: schedule.maxLearningRate, presets: { scratch: 0.1, [preset]: schedule.maxLearningRate } },
    ]);
    const { stdout } = await anneal(['settings', 'tune.regime']);
    expect(stdout).toMatch(/Default +all; quick: head; scratch: scratch\n/);
  });

  it('lists a section, and tells all of one setting', async () => {
    const section = await anneal(['settings', 'stop']);
    expect(section.stdout).toMatch(/^stop\.patienceCycles +0 +cycles /);
    const one = await anneal(['settings', 'ensemble.start']);
    for (const text of ['Cycles start from', 'one of chain, star', 'schedule.name is sgdr', 'arxiv.org/abs/2303.03374'])
      expect(one.stdout).toContain(text);
  });

  it('names the nearest for a misspelt key', async () => {
    const end = await anneal(['settings', 'schedule.numCylces']);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).toContain('Did you mean "schedule.numCycles"?');
  });
});
