import { nearest as nearestWord } from '../base/nearest.ts';
import type { ConfigField } from './config-fields.ts';
import type { FieldProblem } from './train-plan.ts';

/** What is wrong with one value by itself, with the nearest that is right; null when it can be used. */
export function checkSetting(field: ConfigField, value: unknown): FieldProblem | null {
  if (accepts(field, value)) return null;
  const { key, expected, unit } = field;
  const received = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return {
    key,
    failure: { code: 'config.badValue', params: { key, expected, received, unit }, kind: 'input' },
    nearest: nearestValue(field, value),
  };
}

function accepts(field: ConfigField, value: unknown): boolean {
  if (value === null) return field.nullable;
  switch (field.kind) {
    case 'number':
      return isNumberIn(field, value);
    case 'numbers':
      return (
        Array.isArray(value) && value.every((item) => isNumberIn(field, item)) && (field.nullable || value.length > 0)
      );
    case 'choice':
      return field.options!.includes(value as string);
    case 'switch':
      return typeof value === 'boolean';
    case 'text':
      return typeof value === 'string';
    case 'constant':
      return value === field.default;
  }
}

function isNumberIn({ min, max, integer }: ConfigField, value: unknown): boolean {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  return (min === null || value >= min) && (max === null || value <= max) && (!integer || Number.isInteger(value));
}

function nearestValue(field: ConfigField, value: unknown): string | number | boolean | null {
  if (field.kind === 'number')
    return typeof value === 'number' && !Number.isNaN(value) ? clamp(field, value) : own(field);
  if (field.kind === 'choice') return nearestWord(String(value), field.options!);
  return own(field);
}

function clamp({ min, max, integer }: ConfigField, value: number): number {
  const whole = integer && Number.isFinite(value) ? Math.round(value) : value;
  return Math.min(max ?? whole, Math.max(min ?? whole, whole));
}

/** The default, where it is one value. */
function own({ default: value }: ConfigField): string | number | boolean | null {
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : null;
}
