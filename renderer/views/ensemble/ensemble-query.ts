import type { ChosenMember } from '../../../src/protocol/ensemble-view.ts';

/**
 * Members in the address: their places from 1, a member that counts twice named twice: `1,2,2,3`. Null: the address names none,
 * or one that is not there.
 */
export function membersFrom(value: string | undefined, names: readonly string[]): ChosenMember[] | null {
  if (!value) return null;
  const weights = new Map<string, number>();
  for (const part of value.split(',')) {
    const name = names[Number(part) - 1];
    if (name === undefined) return null;
    weights.set(name, (weights.get(name) ?? 0) + 1);
  }
  return names.flatMap((name) => (weights.has(name) ? [{ name, weight: weights.get(name)! }] : []));
}

export function membersValue(chosen: readonly ChosenMember[], names: readonly string[]): string {
  return chosen
    .flatMap(({ name, weight }) => Array.from({ length: weight }, () => String(names.indexOf(name) + 1)))
    .join(',');
}

/** `chosen` with one member more or less, in the order of `names`; the last one stays. */
export function toggled(
  chosen: readonly ChosenMember[],
  name: string,
  on: boolean,
  names: readonly string[],
): ChosenMember[] {
  const next = chosen.filter((member) => member.name !== name);
  if (on) next.push({ name, weight: 1 });
  if (next.length === 0) return [...chosen];
  return next.sort((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

/** A cell as `true,predicted`; names of classes may hold commas. Null: no such cell. */
export function cellFrom(
  value: string | undefined,
  classes: readonly string[],
): { row: number; column: number } | null {
  if (!value) return null;
  for (let at = value.indexOf(','); at >= 0; at = value.indexOf(',', at + 1)) {
    const row = classes.indexOf(value.slice(0, at));
    const column = classes.indexOf(value.slice(at + 1));
    if (row >= 0 && column >= 0) return { row, column };
  }
  return null;
}

export function cellValue({ row, column }: { row: number; column: number }, classes: readonly string[]): string {
  return `${classes[row]},${classes[column]}`;
}
