import { describe, expect, it } from 'vitest';
import {
  cellFrom,
  cellValue,
  membersFrom,
  membersValue,
  toggled,
} from '../../../../renderer/views/ensemble/ensemble-query.ts';

const names = ['cycle-0', 'cycle-1', 'cycle-2'];

describe('members in the address', () => {
  it('stand by their places, those that count twice twice', () => {
    const chosen = [
      { name: 'cycle-0', weight: 1 },
      { name: 'cycle-2', weight: 2 },
    ];
    expect(membersValue(chosen, names)).toBe('1,3,3');
    expect(membersFrom('1,3,3', names)).toEqual(chosen);
    expect(membersFrom('3,1,3', names)).toEqual(chosen);
  });

  it('are none where the address names none or one that is not there', () => {
    expect(membersFrom(undefined, names)).toBeNull();
    expect(membersFrom('', names)).toBeNull();
    expect(membersFrom('1,9', names)).toBeNull();
    expect(membersFrom('rose', names)).toBeNull();
  });

  it('are switched in the order of their cycles, and the last one stays', () => {
    const two = toggled([{ name: 'cycle-2', weight: 1 }], 'cycle-0', true, names);
    expect(two.map(({ name }) => name)).toEqual(['cycle-0', 'cycle-2']);
    const one = toggled(two, 'cycle-2', false, names);
    expect(one).toEqual([{ name: 'cycle-0', weight: 1 }]);
    expect(toggled(one, 'cycle-0', false, names)).toEqual(one);
  });
});

describe('a cell in the address', () => {
  it('is found by names, commas in them too', () => {
    const classes = ['rose', 'tulip', 'rose, wild'];
    expect(cellFrom('rose,tulip', classes)).toEqual({ row: 0, column: 1 });
    expect(cellFrom('rose, wild,rose', classes)).toEqual({ row: 2, column: 0 });
    expect(cellFrom(cellValue({ row: 1, column: 2 }, classes), classes)).toEqual({ row: 1, column: 2 });
    expect(cellFrom('rose,iris', classes)).toBeNull();
    expect(cellFrom(undefined, classes)).toBeNull();
  });
});
