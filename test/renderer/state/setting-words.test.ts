import { describe, expect, it } from 'vitest';
import { entryOf, errorOf, optionsOf, valueText, type Words } from '../../../renderer/state/setting-words.ts';
import { english } from '../../../src/messages/ui/en/index.ts';
import { formatsOf } from '../../../src/messages/ui/format.ts';
import { russian } from '../../../src/messages/ui/ru/index.ts';
import { checkSetting } from '../../../src/settings/check.ts';
import { settings } from '../../../src/settings/train-config.ts';

const en: Words = { language: 'en', text: english, format: formatsOf('en') };
const ru: Words = { language: 'ru', text: russian, format: formatsOf('ru') };
const fieldOf = (key: string) => settings.get(key)!;
const problemOf = (key: string, value: unknown) => checkSetting(fieldOf(key), value)!;

describe('the words of a setting', () => {
  it('are label, unit, reason and default', () => {
    expect(entryOf('data.batchSize', en)).toMatchObject({ label: 'Batch', unit: 'pictures', placeholder: '32' });
    expect(entryOf('schedule.warmupEpochs', ru)).toMatchObject({ label: 'Разогрев', unit: 'эпох', placeholder: '0' });
    expect(entryOf('seed', en)).toMatchObject({ unit: null, paper: null });
  });

  it('say values as people do', () => {
    expect(valueText(fieldOf('schedule.name'), 'sgdr', en)).toBe('Warm restarts');
    expect(valueText(fieldOf('augment.flip'), true, ru)).toBe('да');
    expect(valueText(fieldOf('model.inputSize'), null, en)).toBe('empty');
    expect(valueText(fieldOf('schedule.stepMilestones'), [0.5, 0.75], ru)).toBe('0,5; 0,75');
  });

  it('say of each option why one would take it', () => {
    for (const words of [en, ru])
      for (const option of optionsOf(fieldOf('optimizer.name'), words)) expect(option.detail).not.toBe('');
  });
});

describe('the error under a field', () => {
  it('says what is needed and offers the nearest value', () => {
    expect(errorOf(problemOf('data.batchSize', 4000), en)).toEqual({
      message: 'Needs a whole number from 1 to 1,024.',
      warning: false,
      nearest: { value: 1024, label: 'Use 1024' },
    });
    expect(errorOf(problemOf('schedule.maxLearningRate', 'fast'), ru)).toEqual({
      message: 'Нужно число от 1e-8 до 10.',
      warning: false,
      nearest: { value: 0.01, label: 'Взять 0,01' },
    });
  });

  it('is a warning where only an estimate speaks against the value', () => {
    const failure = { code: 'plan.memory', params: { needed: 3.1e9, free: 2.2e9 }, kind: 'input' } as const;
    const error = errorOf({ key: 'data.batchSize', failure, nearest: 16 }, en);
    expect(error).toMatchObject({ warning: true, nearest: { value: 16, label: 'Use 16' } });
    expect(error.message).toContain('3.1 GB');
  });

  it('offers to empty a field only where that helps', () => {
    const failure = {
      code: 'optim.groupScaleCount',
      params: { expected: 5, received: 3, groups: [] },
      kind: 'input',
    } as const;
    expect(errorOf({ key: 'tune.groupScales', failure, nearest: null }, en).nearest).toMatchObject({ value: null });
    expect(errorOf(problemOf('model.inputSize', 'small'), en).nearest).toBeNull();
  });

  it('calls the settings of a conflict as their fields are called', () => {
    const params = {
      first: 'schedule.minLearningRate=0.5',
      second: 'schedule.maxLearningRate=0.003',
      conflict: 'floorAbovePeak',
    };
    const failure = { code: 'config.conflict', params, kind: 'input' } as const;
    const problem = { key: 'schedule.minLearningRate', failure, nearest: 0.003 };
    expect(errorOf(problem, en).message).toBe(
      '“Floor” 0.5 and “Peak” 3e-3 contradict each other: the floor lies above the peak.',
    );
    expect(errorOf(problem, ru).message).toBe('“Дно” 0,5 и “Пик” 3e-3 противоречат друг другу: дно выше пика.');
  });
});
