import { describe, expect, it } from 'vitest';
import { findEntries } from '../../../renderer/shell/search-entries.ts';

const groups = [
  {
    title: 'Runs',
    entries: [
      { id: '1', title: 'run 1 flowers', detail: '96.0 %' },
      { id: '2', title: 'flowers again', tip: '/data/flowers' },
    ],
  },
  { title: null, entries: [{ id: 'last', title: 'All runs…', always: true }] },
];
const ids = (query: string): string[] =>
  findEntries(groups, query).flatMap(({ entries }) => entries.map(({ id }) => id));

describe('search in a list', () => {
  it('wants every word, in title, detail or tip, and begins with titles that begin so', () => {
    expect(ids('')).toEqual(['1', '2', 'last']);
    expect(ids('flowers')).toEqual(['2', '1', 'last']);
    expect(ids('FLOWERS 96')).toEqual(['1', 'last']);
    expect(ids('data')).toEqual(['2', 'last']);
  });

  it('leaves out groups without a match, but keeps what always stays', () => {
    expect(findEntries(groups, 'nothing').map(({ title }) => title)).toEqual([null]);
  });
});
