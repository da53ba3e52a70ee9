import { describe, expect, it } from 'vitest';
import { numberOf, toCsv, verdictOf, votesOf } from '../../../renderer/views/try-it/answer-words.ts';

const member = (name: string, ...probabilities: number[]) => ({ name, probabilities });

describe('an answer in words', () => {
  it('counts what each member says', () => {
    const members = [member('a', 0.7, 0.2, 0.1), member('b', 0.1, 0.6, 0.3), member('c', 0.8, 0.1, 0.1)];
    expect(votesOf(['rose', 'tulip', 'daisy'], { members })).toEqual([
      ['rose', 2],
      ['tulip', 1],
    ]);
  });

  it('is sure from 90 % on, likely from 60 % on, and never sure where members differ', () => {
    expect(verdictOf(0.9, 1)).toBe('sure');
    expect(verdictOf(0.899, 1)).toBe('likely');
    expect(verdictOf(0.6, 1)).toBe('likely');
    expect(verdictOf(0.599, 1)).toBe('notSure');
    expect(verdictOf(0.99, 2)).toBe('notSure');
  });

  it('numbers a member by its snapshot, else by its place', () => {
    expect(numberOf('snapshot-3', 0)).toBe(3);
    expect(numberOf('mean of heads', 1)).toBe(2);
  });
});

describe('answers as CSV', () => {
  it('quotes what would break a row', () => {
    expect(toCsv([['a,b', 'say "x"', 'plain']])).toBe('\ufeff"a,b","say ""x""",plain\r\n');
  });
});
