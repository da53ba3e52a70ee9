import { describe, expect, it } from 'vitest';
import { english } from '../../../src/messages/ui/en/index.ts';
import { papers } from '../../../src/messages/ui/papers.ts';
import { russian } from '../../../src/messages/ui/ru/index.ts';
import { isAllowedLink } from '../../../src/protocol/bridge.ts';
import { configFields } from '../../../src/protocol/config-fields.ts';

const edited = [...configFields.values()].filter((field) => field.why !== null);
const languages = { en: english.fields, ru: russian.fields };

describe.each(Object.entries(languages))('words of the settings, %s', (_, fields) => {
  it('are there for every setting that a form shows, and for no other', () => {
    expect(Object.keys(fields.settings).sort()).toEqual(edited.map(({ key }) => key).sort());
    for (const [key, { label, why, help }] of Object.entries(fields.settings))
      for (const text of [label, why, help]) expect(text, key).not.toBe('');
  });

  it('are there for every unit', () => {
    const units = new Set(edited.flatMap(({ unit }) => unit ?? []));
    expect(Object.keys(fields.units).sort()).toEqual([...units].sort());
  });

  it('are there for every option', () => {
    const expected = edited.flatMap(({ key, options }) => (options ?? []).map((option) => `${key}=${option}`));
    const told = Object.entries(fields.options).flatMap(([key, options]) =>
      Object.keys(options).map((option) => `${key}=${option}`),
    );
    expect(told.sort()).toEqual(expected.sort());
  });
});

it('the paper of a setting is a page that the window may open', () => {
  for (const [key, paper] of Object.entries(papers)) {
    expect(configFields.has(key), key).toBe(true);
    expect(isAllowedLink(paper!.address), paper!.address).toBe(true);
  }
});
