import type { Setting } from '../../settings/declaration.ts';
import type { fields as english } from './en/fields.ts';
import type { Formats } from './format.ts';
import type { TextShape } from './shape.ts';

/** What a setting may be, in the words of a language: 'a number from 0 to 1'. */
export function expectedOf(
  field: Setting,
  text: TextShape<typeof english>['expected'],
  format: Pick<Formats, 'count' | 'rate'>,
): string {
  const words = ownWords(field, text, format);
  return field.nullable ? text.orEmpty(words) : words;
}

function ownWords(
  { kind, min, max, integer, options }: Setting,
  text: TextShape<typeof english>['expected'],
  format: Pick<Formats, 'count' | 'rate'>,
): string {
  const write = (value: number): string =>
    value !== 0 && Math.abs(value) < 0.01 ? format.rate(value) : format.count(value);
  const number = (integer ? text.whole : text.number)(write(min ?? 0), write(max ?? 0));
  if (kind === 'number') return number;
  if (kind === 'numbers') return text.list(number);
  if (kind === 'choice') return text.choice(Object.keys(options!).join(', '));
  return kind === 'switch' ? text.onOrOff : text.text;
}
