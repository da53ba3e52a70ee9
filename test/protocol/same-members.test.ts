import { expect, it } from 'vitest';
import { sameMembers } from '../../src/protocol/same-members.ts';

it('members are the same whatever their order', () => {
  const a = { name: 'cycle-0', weight: 1 };
  const b = { name: 'cycle-1', weight: 2 };
  expect(sameMembers([a, b], [b, a])).toBe(true);
  expect(sameMembers([a, b], [a, { ...b, weight: 1 }])).toBe(false);
  expect(sameMembers([a], [a, b])).toBe(false);
});
