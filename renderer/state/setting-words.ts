import { describeError } from '../../src/messages/describe.ts';
import type { FieldKey, FieldWords } from '../../src/messages/ui/en/fields.ts';
import type { Text } from '../../src/messages/ui/en/index.ts';
import { expectedOf } from '../../src/messages/ui/expected.ts';
import type { Language } from '../../src/base/language.ts';
import type { Formats } from '../../src/messages/ui/format.ts';
import { papers } from '../../src/messages/ui/papers.ts';
import { configFields, type ConfigField } from '../../src/protocol/config-fields.ts';
import type { FieldProblem } from '../../src/protocol/train-plan.ts';
import type { FieldEntry, FieldError } from '../components/field-entry.ts';
import { writeValue } from './setting-text.ts';

/** What of the window's language the words of settings are made of; `locale` is one. */
export interface Words {
  readonly language: Language;
  readonly text: Text;
  readonly format: Formats;
}

/** Too little memory or disk is worth knowing, but an estimate forbids nothing. */
const warnings: ReadonlySet<string> = new Set(['plan.memory', 'plan.disk']);

export function isWarning(problem: FieldProblem): boolean {
  return warnings.has(problem.failure.code);
}

export function entryOf(key: string, words: Words): FieldEntry {
  const field = configFields.get(key)!;
  const { label, why, help } = fieldWords(key, words);
  const unit = field.unit === null ? null : words.text.fields.units[field.unit as keyof Text['fields']['units']];
  return {
    field,
    label,
    unit,
    why,
    help,
    paper: papers[key] ?? null,
    placeholder: valueText(field, field.default, words),
  };
}

export function labelOf(key: string, words: Words): string {
  return fieldWords(key, words).label;
}

/** A choice's options with why one would take each. */
export function optionsOf(field: ConfigField, words: Words): { value: string; label: string; detail: string }[] {
  const told = words.text.fields.options[field.key as keyof Text['fields']['options']] as
    Readonly<Record<string, { readonly label: string; readonly reason: string }>> | undefined;
  return (field.options ?? []).map((value) => ({
    value,
    label: told?.[value]?.label ?? value,
    detail: told?.[value]?.reason ?? '',
  }));
}

/** A value as a list tells it: 'on', 'Warm restarts', '3e-4', 'empty'. */
export function valueText(field: ConfigField, value: unknown, words: Words): string {
  const { form } = words.text.fields;
  if (value === null || value === undefined) return form.empty;
  if (typeof value === 'boolean') return value ? form.on : form.off;
  if (field.kind === 'choice')
    return optionsOf(field, words).find((option) => option.value === value)?.label ?? String(value);
  return writeValue(field, value, words.format);
}

/** What stands under the field of a problem. */
export function errorOf(problem: FieldProblem, words: Words): FieldError {
  const field = configFields.get(problem.key);
  const { form, expected } = words.text.fields;
  const own = field && problem.failure.code === 'config.badValue';
  const message = own
    ? form.needs(expectedOf(field, expected, words.format))
    : withLabels(describeError(problem.failure, words.language).message, problem, words);
  const { nearest } = problem;
  // Null is a value where a setting may be empty, else there is none to offer.
  const offered = field !== undefined && (nearest !== null || (field.nullable && !own));
  return {
    message,
    warning: isWarning(problem),
    nearest: offered ? { value: nearest, label: form.use(valueText(field, nearest, words)) } : null,
  };
}

/** A conflict names its settings as one types them; beside the fields they are called as the fields are. */
function withLabels(message: string, { failure }: FieldProblem, words: Words): string {
  return [failure.params['first'], failure.params['second']].reduce<string>((told, assignment) => {
    const [key = '', value = ''] = String(assignment).split('=');
    const field = configFields.get(key);
    if (!field) return told;
    const shown =
      field.kind === 'number' ? writeValue(field, Number(value), words.format) : valueText(field, value, words);
    return told.replace(`${key}=${value}`, `“${labelOf(key, words)}” ${shown}`);
  }, message);
}

function fieldWords(key: string, words: Words): FieldWords {
  return words.text.fields.settings[key as FieldKey];
}
