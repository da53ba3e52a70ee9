import { describe, expect, it } from 'vitest';
import { parseNumber, parseNumbers, readTyped, stepped, writeValue } from '../../../renderer/state/setting-text.ts';
import { checkSetting } from '../../../src/settings/check.ts';
import { presetNames } from '../../../src/settings/preset-names.ts';
import { settings } from '../../../src/settings/train-config.ts';
import { presetValues } from '../../../src/settings/values.ts';
import { formatsOf } from '../../../src/messages/ui/format.ts';

const fieldOf = (key: string) => settings.get(key)!;
const peak = fieldOf('schedule.maxLearningRate');
const batch = fieldOf('data.batchSize');

describe('typed numbers', () => {
  it.each([
    ['3e-4', 0.0003],
    ['0.0003', 0.0003],
    ['0,0003', 0.0003],
    ['1,25e-3', 0.00125],
    ['−0,5', -0.5],
    ['.5', 0.5],
    [' 1\u202f000 ', 1000],
    ['3e', null],
    ['three', null],
    ['1.2.3', null],
    ['0x10', null],
    ['', null],
  ])('%j is %j', (text, value) => expect(parseNumber(text)).toBe(value));

  it('a comma before three digits is a thousand only where whole numbers are meant', () => {
    expect(parseNumber('1,000', true)).toBe(1000);
    expect(parseNumber('1,000', false)).toBe(1);
  });

  it('several stand between spaces, semicolons, or commas with a space', () => {
    expect(parseNumbers('1e-4; 0,01; 1')).toEqual([1e-4, 0.01, 1]);
    expect(parseNumbers('0.5, 0.75')).toEqual([0.5, 0.75]);
    expect(parseNumbers('0.5 half')).toBeNull();
  });

  it('an empty field means the default, or nothing where nothing is a value', () => {
    expect(readTyped(batch, ' ')).toBe(32);
    expect(readTyped(fieldOf('model.inputSize'), '')).toBeNull();
  });

  it('what is no number stays as it was typed, for the check to refuse', () => {
    const typed = readTyped(batch, 'many');
    expect(typed).toBe('many');
    expect(checkSetting(batch, typed)).toMatchObject({ failure: { params: { received: 'many' } }, nearest: 32 });
  });
});

describe('written values', () => {
  it.each(['en', 'ru'] as const)('of every preset can be typed again, %s', (language) => {
    for (const preset of presetNames)
      for (const [key, value] of presetValues(preset)) {
        const field = fieldOf(key);
        if (field.kind !== 'number' && field.kind !== 'numbers') continue;
        expect(readTyped(field, writeValue(field, value, formatsOf(language))), key).toEqual(value);
      }
  });

  it('are short, and have the decimal sign of the language', () => {
    expect(writeValue(peak, 0.0003, formatsOf('en'))).toBe('3e-4');
    expect(writeValue(peak, 0.00125, formatsOf('ru'))).toBe('1,25e-3');
    expect(writeValue(fieldOf('data.testFraction'), 0.25, formatsOf('ru'))).toBe('0,25');
    expect(writeValue(fieldOf('schedule.epochs'), 10_000, formatsOf('en'))).toBe('10000');
  });
});

describe('steps', () => {
  it('of rates are factors, 1.25 and ten', () => {
    expect(stepped(peak, 0.0004, 1, false)).toBe(0.0005);
    expect(stepped(peak, 0.0004, -1, true)).toBe(0.00004);
    expect(stepped(peak, 9, 1, true)).toBe(10);
    expect(stepped(fieldOf('schedule.minLearningRate'), 0, 1, false)).toBe(1e-6);
  });

  it('of other numbers lie on a grid and inside the limits', () => {
    expect(stepped(batch, 32, 1, false)).toBe(33);
    expect(stepped(batch, 4, -1, true)).toBe(1);
    expect(stepped(fieldOf('data.testFraction'), 0.2, 1, false)).toBe(0.21);
    expect(stepped(fieldOf('tune.layerDecay'), 0.8, 1, true)).toBe(1);
  });
});
