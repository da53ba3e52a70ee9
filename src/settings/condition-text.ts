import type { ByLanguage } from '../base/language.ts';
import type { Condition, Setting } from './declaration.ts';

interface ConditionWords {
  is(name: string, values: string): string;
  isNot(name: string, values: string): string;
  above(name: string, limit: string): string;
  readonly and: string;
  readonly or: string;
}

const words: ByLanguage<ConditionWords> = {
  en: {
    is: (name, values) => `${name} is ${values}`,
    isNot: (name, values) => `${name} is not ${values}`,
    above: (name, limit) => `${name} is above ${limit}`,
    and: ' and ',
    or: ' or ',
  },
  ru: {
    is: (name, values) => `${name}: ${values}`,
    isNot: (name, values) => `${name}: не ${values}`,
    above: (name, limit) => `${name}: больше ${limit}`,
    and: ' и ',
    or: ' или ',
  },
};

export interface ConditionNames {
  readonly language: keyof typeof words;
  /** A setting as the reader knows it: its key, or its label. */
  readonly nameOf: (setting: Setting) => string;
  readonly valueOf: (setting: Setting, value: unknown) => string;
}

/** A condition in words: 'schedule.name is sgdr'. What the settings in it need themselves comes first. */
export function conditionText(condition: Condition, names: ConditionNames): string {
  return joined(simplest(withNeeds(condition)), names);
}

/** A setting meets a condition only where it has an effect itself, so that belongs to the condition. */
function withNeeds(condition: Condition): Condition {
  if (condition.kind === 'all' || condition.kind === 'any')
    return { kind: condition.kind, of: condition.of.map(withNeeds) };
  const { effect } = condition.setting;
  return effect === null ? condition : { kind: 'all', of: [withNeeds(effect), condition] };
}

/** Without nesting of like in like, and nothing said twice. */
function simplest(condition: Condition): Condition {
  if (condition.kind !== 'all' && condition.kind !== 'any') return condition;
  const parts = condition.of.map(simplest).flatMap((part) => (part.kind === condition.kind ? part.of : [part]));
  const of = parts.filter((part, i) => parts.findIndex((other) => same(part, other)) === i);
  return of.length === 1 ? of[0]! : { kind: condition.kind, of };
}

function same(a: Condition, b: Condition): boolean {
  return JSON.stringify(a, bySettingKey) === JSON.stringify(b, bySettingKey);
}

const bySettingKey = (name: string, value: unknown): unknown => (name === 'setting' ? (value as Setting).key : value);

function joined(condition: Condition, names: ConditionNames): string {
  const { and, or, is, isNot, above } = words[names.language];
  switch (condition.kind) {
    case 'all':
      return condition.of
        .map((part) => (part.kind === 'any' ? `(${joined(part, names)})` : joined(part, names)))
        .join(and);
    case 'any':
      return condition.of
        .map((part) => (part.kind === 'all' ? `(${joined(part, names)})` : joined(part, names)))
        .join(or);
    case 'above':
      return above(names.nameOf(condition.setting), names.valueOf(condition.setting, condition.limit));
    default: {
      const values = condition.values.map((value) => names.valueOf(condition.setting, value)).join(or);
      return (condition.kind === 'is' ? is : isNot)(names.nameOf(condition.setting), values);
    }
  }
}
