import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { toFailure } from '../base/failure.ts';
import { nearest } from '../base/nearest.ts';
import type { FieldProblem, PlanFacts, Setting, SettingCost } from './declaration.ts';
import { declarations } from './index.ts';
import { readerOf, receivedValue, writtenValue, type ConfigValues } from './values.ts';

/** What is wrong with one value by itself, with the nearest that is right; null when it can be used. */
export function checkSetting(setting: Setting, value: unknown): FieldProblem | null {
  if (v.is(setting.schema, value)) return null;
  const { key, expected, unit } = setting;
  const near = nearestValue(setting, value);
  const params = {
    key,
    expected,
    received: receivedValue(value),
    unit: unit?.name ?? null,
    nearest: near === null ? null : writtenValue(near),
  };
  const failure = toFailure(new AnnealError('config.badValue', params));
  return { key, failure, nearest: near ?? (setting.fresh as FieldProblem['nearest']) };
}

/** Null where the value says nothing of what was meant. */
function nearestValue(setting: Setting, value: unknown): FieldProblem['nearest'] {
  if (setting.kind === 'number') return isNumber(value) ? clamp(setting, value) : null;
  if (setting.kind === 'choice') return nearest(writtenValue(value), Object.keys(setting.options!));
  if (setting.kind !== 'numbers' || !Array.isArray(value)) return null;
  const usable = value.filter(isNumber).map((item) => clamp(setting, item));
  return v.is(setting.schema, usable) ? usable : null;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);

function clamp({ min, max, integer }: Setting, value: number): number {
  const whole = integer && Number.isFinite(value) ? Math.round(value) : value;
  return Math.min(max ?? whole, Math.max(min ?? whole, whole));
}

const conflicts = declarations.flatMap((declaration) => declaration.conflicts ?? []);

/** Settings that are each right but contradict each other, at the one that would give way. */
export function conflictsOf(values: ConfigValues): FieldProblem[] {
  const read = readerOf(values);
  return conflicts
    .filter(({ holds }) => holds(read))
    .map(({ name, between, givesWay, nearest: usable }) => {
      const [first, second] = between.map(({ key }) => `${key}=${writtenValue(values.get(key))}`) as [string, string];
      const failure = toFailure(new AnnealError('config.conflict', { conflict: name, first, second }));
      return { key: givesWay.key, failure, nearest: usable(read) };
    });
}

/** Why two settings contradict each other, by the name that the error carries. */
export function conflictReason(name: unknown, language: keyof (typeof conflicts)[number]['why']): string {
  return conflicts.find((conflict) => conflict.name === name)?.why[language] ?? String(name);
}

/** What is worth knowing of a plan but forbids nothing. */
export function warningsOf(values: ConfigValues, facts: PlanFacts): FieldProblem[] {
  const read = readerOf(values);
  return declarations.flatMap((declaration) => declaration.warns?.(read, facts) ?? []);
}

/** What the settings cost together. Of a configuration in effect. */
export function costOf(values: ConfigValues): Required<SettingCost> {
  const read = readerOf(values);
  const costs = declarations.map((declaration): SettingCost => declaration.cost?.(read) ?? {});
  return {
    step: costs.reduce((product, { step = 1 }) => product * step, 1),
    slots: costs.reduce((sum, { slots = 0 }) => sum + slots, 0),
    evaluations: costs.reduce((sum, { evaluations = 0 }) => sum + evaluations, 0),
  };
}
