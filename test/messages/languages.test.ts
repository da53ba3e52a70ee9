import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/messages/describe.ts';
import { english } from '../../src/messages/en/index.ts';
import { russian } from '../../src/messages/ru/index.ts';

/** Values of every parameter that any text names; a text that needs a list gets one. */
const params = new Proxy({} as Record<string, string>, {
  get: (_, key) => (lists.has(String(key)) ? ['one', 'two'] : '5'),
});
const lists = new Set([
  'sample',
  'classes',
  'unknown',
  'known',
  'groups',
  'runs',
  'roots',
  'expected',
  'allowed',
  'keys',
  'failed',
  'members',
  'differences',
]);

describe('error words in Russian', () => {
  it('are there for every code of the English ones, and for no other', () => {
    expect(Object.keys(russian).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Object.keys(english))('%s says as much as the English words, in Russian letters', (code) => {
    const [said, told] = [english[code]!(params), russian[code]!(params)];
    expect(told.message).toMatch(/[а-яё]/i);
    if (said.hint !== undefined && said.hint !== '5') expect(told.hint).toBeTruthy();
    expect(told.expected === undefined).toBe(said.expected === undefined);
    expect(told.received === undefined).toBe(said.received === undefined);
  });

  it('are chosen by the language, English where none is named', () => {
    const error = { code: 'data.empty', params: {} };
    expect(describeError(error).message).toBe('The file is empty.');
    expect(describeError(error, 'ru').message).toBe('Файл пуст.');
    expect(describeError({ code: 'no.such', params: {} }, 'ru').message).toBe('no.such');
  });

  it('count as Russian does', () => {
    const message = (count: number) =>
      describeError({ code: 'data.leak', params: { count, from: 'train', to: 'test' } }, 'ru').message;
    expect(message(1)).toContain('1 картинка');
    expect(message(3)).toContain('3 картинки');
    expect(message(11)).toContain('11 картинок');
  });
});
