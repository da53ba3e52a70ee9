import { describe, expect, it } from 'vitest';
import { probabilityRows } from '../../../renderer/components/probability-rows.ts';

const classes = ['rose', 'tulip', 'daisy'];
const members = [
  { number: 1, name: 'cycle 1', probabilities: [0.9, 0.05, 0.05] },
  { number: 2, name: 'cycle 2', probabilities: [0.91, 0.05, 0.04] },
  { number: 3, name: 'cycle 3', probabilities: [0.2, 0.75, 0.05] },
];
const mean = [0.67, 0.283, 0.047];

describe('probabilityRows', () => {
  it('shows the most probable classes first, each with every member', () => {
    const rows = probabilityRows(classes, mean, members, { most: 2, apart: 0.05 });
    expect(rows.map((row) => row.name)).toEqual(['rose', 'tulip']);
    expect(rows[0]!.stones.map((stone) => stone.number)).toEqual([3, 1, 2]);
  });

  it('moves a stone out of the line only where it would cover another', () => {
    const [rose] = probabilityRows(classes, mean, members, { most: 1, apart: 0.05 });
    expect(rose!.stones.map((stone) => stone.lane)).toEqual([0, 0, -1]);
  });
});
