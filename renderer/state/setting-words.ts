import { describeError } from '../../src/messages/describe.ts';
import type { Text } from '../../src/messages/ui/en/index.ts';
import { expectedOf } from '../../src/messages/ui/expected.ts';
import type { Language } from '../../src/base/language.ts';
import type { Formats } from '../../src/messages/ui/format.ts';
import { conditionText } from '../../src/settings/condition-text.ts';
import type { FieldProblem, Setting } from '../../src/settings/declaration.ts';
import { settings } from '../../src/settings/train-config.ts';
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
  const field = settings.get(key)!;
  const { label, why, help } = field.words[words.language];
  return {
    field,
    label,
    unit: field.unit?.[words.language] ?? null,
    why,
    help,
    paper: field.paper,
    placeholder: valueText(field, field.fresh, words),
  };
}

export function labelOf(key: string, { language }: Pick<Words, 'language'>): string {
  return settings.get(key)!.words[language].label;
}

/** A choice's options with why one would take each. */
export function optionsOf(field: Setting, { language }: Words): { value: string; label: string; detail: string }[] {
  return Object.entries(field.options ?? {}).map(([value, words]) => {
    const { label, reason } = words[language];
    return { value, label, detail: reason };
  });
}

/** When a setting has an effect, by the labels of the others; null: always. */
export function effectText({ effect }: Setting, words: Words): string | null {
  if (effect === null) return null;
  return conditionText(effect, {
    language: words.language,
    nameOf: ({ key }) => `“${labelOf(key, words)}”`,
    valueOf: (setting, value) => valueText(setting, value, words),
  });
}

/** A value as a list tells it: 'on', 'Warm restarts', '3e-4', 'empty'. */
export function valueText(field: Setting, value: unknown, words: Words): string {
  const { form } = words.text.fields;
  if (value === null || value === undefined) return form.empty;
  if (typeof value === 'boolean') return value ? form.on : form.off;
  if (field.kind === 'choice')
    return optionsOf(field, words).find((option) => option.value === value)?.label ?? String(value);
  return writeValue(field, value, words.format);
}

/** What stands under the field of a problem. */
export function errorOf(problem: FieldProblem, words: Words): FieldError {
  const field = settings.get(problem.key);
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
    const field = settings.get(key);
    if (!field) return told;
    const shown =
      field.kind === 'number' ? writeValue(field, Number(value), words.format) : valueText(field, value, words);
    return told.replace(`${key}=${value}`, `“${labelOf(key, words)}” ${shown}`);
  }, message);
}
