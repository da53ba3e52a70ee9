import { formatsOf, plural } from '../ui/format.ts';

const format = formatsOf('ru');

/** A number with its noun: 1 картинка, 3 картинки, 5 картинок. */
export function counted(value: unknown, one: string, few: string, many: string): string {
  const number = Number(value);
  return `${format.count(number)} ${plural('ru', number, { one, few, many, other: few })}`;
}
