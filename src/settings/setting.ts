import * as v from 'valibot';
import type { ByLanguage, Language } from '../base/language.ts';
import type { OptionWords, Setting } from './declaration.ts';

/** What a declaration says of a setting; the rest follows from its kind. */
interface Info<T> {
  readonly fresh: T;
  /** Without it: `off`, or `fresh` where nothing is off. */
  readonly absent?: T;
  readonly off?: T;
  readonly on?: T;
  readonly unit?: Setting['unit'];
  readonly isRate?: boolean;
  readonly effect?: Setting['effect'];
  readonly caution?: Setting['caution'];
  readonly paper?: Setting['paper'];
  readonly label: ByLanguage;
  readonly why: ByLanguage;
  readonly help: ByLanguage;
}

interface Range {
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

export function number<const K extends string>(key: K, info: Info<number> & Range): Setting<K, number> {
  return setting(key, 'number', info, numberSchema(info), numberWords(info));
}

/** A number, or null: as the network or the regime has it. */
export function numberOrNull<const K extends string>(key: K, info: Info<number | null> & Range) {
  return orNull(setting(key, 'number', info, numberSchema(info), numberWords(info)));
}

/** A list of at least `least` numbers. */
export function numbers<const K extends string>(
  key: K,
  info: Info<readonly number[]> & Range & { readonly least: number },
) {
  const schema = v.pipe(v.array(numberSchema(info)), v.minLength(info.least));
  return setting(key, 'numbers', info, schema, `a list, each ${numberWords(info)}`);
}

export function numbersOrNull<const K extends string>(key: K, info: Info<readonly number[] | null> & Range) {
  return orNull(setting(key, 'numbers', info, v.array(numberSchema(info)), `a list, each ${numberWords(info)}`));
}

export function choice<const K extends string, O extends string>(
  key: K,
  info: Info<NoInfer<O>> & { readonly options: Readonly<Record<O, ByLanguage<OptionWords>>> },
): Setting<K, O> {
  const options = Object.keys(info.options);
  return {
    ...setting(key, 'choice', info, v.picklist(options), `one of ${options.join(', ')}`),
    options: info.options,
  };
}

export function toggle<const K extends string>(key: K, info: Info<boolean>): Setting<K, boolean> {
  return setting(key, 'switch', info, v.boolean(), 'true or false');
}

export function text<const K extends string>(key: K, info: Info<string>): Setting<K, string> {
  return setting(key, 'text', info, v.string(), 'a text');
}

function setting<K extends string, T>(
  key: K,
  kind: Setting['kind'],
  info: Info<T> & Partial<Range>,
  schema: v.GenericSchema,
  expected: string,
): Setting<K, T> {
  return {
    key,
    kind,
    schema,
    expected,
    fresh: info.fresh,
    absent: info.absent ?? info.off ?? info.fresh,
    off: info.off,
    on: info.on,
    unit: info.unit ?? null,
    isRate: info.isRate ?? false,
    min: info.min ?? null,
    max: info.max ?? null,
    integer: info.integer ?? false,
    nullable: false,
    options: null,
    effect: info.effect ?? null,
    caution: info.caution ?? null,
    words: wordsOf(info),
    paper: info.paper ?? null,
  };
}

function wordsOf({ label, why, help }: Pick<Info<unknown>, 'label' | 'why' | 'help'>): Setting['words'] {
  const words = (language: Language) => ({ label: label[language], why: why[language], help: help[language] });
  return { en: words('en'), ru: words('ru') };
}

function orNull<K extends string, T>(setting: Setting<K, T>): Setting<K, T> {
  return { ...setting, nullable: true, schema: v.nullable(setting.schema), expected: `${setting.expected}, or null` };
}

function numberSchema({ min, max, integer }: Range) {
  const inRange = v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
  return integer ? v.pipe(inRange, v.integer()) : inRange;
}

function numberWords({ min, max, integer }: Range): string {
  return `${integer ? 'a whole number' : 'a number'} from ${min} to ${max}`;
}
