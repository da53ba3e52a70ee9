import type { ChosenMember } from './ensemble-view.ts';

/** Whether both name the same members, each counting as often; their order does not matter. */
export function sameMembers(a: readonly ChosenMember[], b: readonly ChosenMember[]): boolean {
  return keyOf(a) === keyOf(b);
}

function keyOf(members: readonly ChosenMember[]): string {
  return members
    .map(({ name, weight }) => `${name}\n${weight}`)
    .sort()
    .join('\n\n');
}
