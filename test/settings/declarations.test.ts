import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/base/language.ts';
import { isAllowedLink } from '../../src/protocol/bridge.ts';
import { conflictReason } from '../../src/settings/check.ts';
import { conditionText } from '../../src/settings/condition-text.ts';
import type { Condition, Declaration, Setting } from '../../src/settings/declaration.ts';
import { declarations } from '../../src/settings/index.ts';
import { presetOverrides } from '../../src/settings/presets.ts';
import { presetNames } from '../../src/settings/preset-names.ts';
import { settings, trainConfigSchema } from '../../src/settings/train-config.ts';
import { configFrom, leavesOf, presetValues } from '../../src/settings/values.ts';

const all: readonly Setting[] = [...settings.values()];

describe('the declarations', () => {
  it('are all listed: every file that declares something stands in the index', () => {
    const folder = join(import.meta.dirname, '../../src/settings');
    const declaring = readdirSync(folder).filter((name) =>
      /\bdeclare\(\{/.test(readFileSync(join(folder, name), 'utf8')),
    );
    const index = readFileSync(join(folder, 'index.ts'), 'utf8');
    expect(declaring.filter((name) => !index.includes(`'./${name}'`))).toEqual([]);
    expect(declaring).toHaveLength(declarations.length);
  });

  it('name each setting, each declaration and each conflict once', () => {
    const every: readonly Declaration[] = declarations;
    const names = [
      every.flatMap((declaration) => declaration.settings.map(({ key }) => key)),
      every.map(({ key }) => key),
      every.flatMap(({ conflicts = [] }) => conflicts.map(({ name }) => name)),
    ];
    for (const list of names) expect(new Set(list).size).toBe(list.length);
  });

  it('have words in every language, and for every option', () => {
    for (const { key, words, options, unit } of all)
      for (const language of languages) {
        const optionWords = Object.values(options ?? {}).map((option) => option[language]);
        const texts = [words[language], ...optionWords].flatMap((text) => Object.values(text));
        expect(
          [...texts, unit?.[language] ?? '-'].filter((text) => text.trim() === ''),
          key,
        ).toEqual([]);
      }
  });

  it('link only to pages that the window may open', () => {
    for (const { key, paper } of all) if (paper) expect(isAllowedLink(paper.address), key).toBe(true);
  });

  it('have only usable values of their own', () => {
    for (const { key, schema, fresh, absent, off, on } of all)
      for (const value of [fresh, absent, off ?? fresh, on ?? fresh]) expect(v.is(schema, value), key).toBe(true);
  });

  it('depend on settings that exist, at values that these can have, and never on themselves', () => {
    const check = (condition: Condition, under: readonly string[]): void => {
      if (condition.kind === 'all' || condition.kind === 'any')
        return condition.of.forEach((part) => check(part, under));
      const { setting } = condition;
      expect(settings.get(setting.key)).toBe(setting);
      expect(under).not.toContain(setting.key);
      if (condition.kind !== 'above')
        for (const value of condition.values) expect(v.is(setting.schema, value), setting.key).toBe(true);
      if (setting.effect) check(setting.effect, [...under, setting.key]);
    };
    for (const { key, effect } of all) if (effect) check(effect, [key]);
  });

  it('give a reason for each conflict in every language', () => {
    expect(conflictReason('floorAbovePeak', 'ru')).toBe('дно выше пика');
    expect(conflictReason('balancedTwice', 'en')).toBe('rare classes would be weighted twice');
  });
});

describe('the configuration', () => {
  it('is filled with fresh values by the schema', () => {
    const whole = leavesOf(v.parse(trainConfigSchema, {}));
    expect([...whole.keys()].sort()).toEqual([...settings.keys()].sort());
    for (const { key, fresh } of all) expect(whole.get(key), key).toEqual(fresh);
  });

  it.each(presetNames)('of %s is what the schema makes of the overrides', (preset) => {
    const config = configFrom(preset, presetValues(preset));
    expect(v.parse(trainConfigSchema, { ...presetOverrides[preset], preset })).toEqual(config);
  });

  it.each([{ data: { samplr: 'balanced' } }, { data: { sampler: 'balance' } }, { seed: -1 }, { other: 1 }])(
    'may not be %j',
    (config) => expect(v.is(trainConfigSchema, config)).toBe(false),
  );
});

describe('a condition in words', () => {
  const names = (language: 'en' | 'ru') => ({
    language,
    nameOf: ({ key }: Setting) => key,
    valueOf: (_: Setting, value: unknown) => String(value),
  });
  const text = (key: string, language: 'en' | 'ru' = 'en') =>
    conditionText(settings.get(key)!.effect!, names(language));

  it('names what a setting needs and what that needs, each once', () => {
    expect(text('data.testFraction')).toBe('data.noTest is false');
    expect(text('ensemble.start')).toBe('tune.regime is not head and schedule.name is sgdr');
    expect(text('optimizer.momentum')).toBe('tune.regime is not head and optimizer.name is momentum or nesterov');
    expect(text('tune.layerDecay')).toBe('tune.regime is not head and tune.groupScales is null');
    expect(text('tune.l2Grid')).toBe('tune.regime is head or (tune.regime is not head and tune.headStart is fitted)');
  });

  it('is there in Russian too', () => {
    expect(text('schedule.stepFactor', 'ru')).toBe('tune.regime: не head и schedule.name: step');
  });
});
