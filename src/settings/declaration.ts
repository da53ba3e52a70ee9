import type * as v from 'valibot';
import type { FailureData } from '../base/failure.ts';
import type { ByLanguage } from '../base/language.ts';
import type { FormPlace } from './form.ts';

/**
 * A setting is declared once: schema, validation, form, command line, both languages, plan and comparison derive from it.
 * How to declare one: any file of this folder, for example label-smoothing.ts, and its line in index.ts.
 */

type SettingKind = 'number' | 'choice' | 'switch' | 'text' | 'numbers';

/** In plain English for errors and the command line, and as it stands beside a field. */
export interface Unit extends ByLanguage {
  readonly name: string;
}

/** Where a setting comes from. */
export interface Paper {
  /** Authors and title, in the paper's own language. */
  readonly name: string;
  readonly address: string;
}

interface SettingWords {
  readonly label: string;
  /** One line: why one would change it. */
  readonly why: string;
  /** When to change it: what the "?" of its field unfolds. */
  readonly help: string;
}

export interface OptionWords {
  readonly label: string;
  /** Why one would take it. */
  readonly reason: string;
}

/** One hyper-parameter; `T` is the type of its value. Made by the functions of setting.ts. */
export interface Setting<K extends string = string, T = unknown> {
  /** With dots: 'schedule.maxLearningRate'. */
  readonly key: K;
  readonly kind: SettingKind;
  readonly schema: v.GenericSchema;
  /** In words: 'a number from 0 to 1'. */
  readonly expected: string;
  /** The value in a new configuration. */
  readonly fresh: T;
  /** The value in files from before the setting existed: what those runs did. */
  readonly absent: T;
  /** The value that does nothing; undefined where every value does something. It stands for a setting without effect. */
  readonly off: T | undefined;
  /** What a switch in the form turns it on with. */
  readonly on: T | undefined;
  readonly unit: Unit | null;
  /** Sensible values lie decades apart: written as rates, stepped by factors. */
  readonly isRate: boolean;
  /** Limits of a number, or of each number of a list. */
  readonly min: number | null;
  readonly max: number | null;
  /** Whole numbers only. */
  readonly integer: boolean;
  /** Null is a value: as the network or the regime has it. */
  readonly nullable: boolean;
  /** What a choice may be, in the order of the form. */
  readonly options: Readonly<Record<string, ByLanguage<OptionWords>>> | null;
  /** When it has an effect; null: always. */
  readonly effect: Condition | null;
  /** Why it could turn a picture of one class into one of another; null: it could not in this dataset. */
  readonly caution: ((facts: { readonly classes: readonly string[] }) => ByLanguage | null) | null;
  readonly words: ByLanguage<SettingWords>;
  readonly paper: Paper | null;
}

/** A condition on other settings, as data: it is evaluated and it is printed. A setting without effect meets none. */
export type Condition =
  | { readonly kind: 'is'; readonly setting: Setting; readonly values: readonly unknown[] }
  | { readonly kind: 'isNot'; readonly setting: Setting; readonly values: readonly unknown[] }
  | { readonly kind: 'above'; readonly setting: Setting; readonly limit: number }
  | { readonly kind: 'all'; readonly of: readonly Condition[] }
  | { readonly kind: 'any'; readonly of: readonly Condition[] };

/** The value of a setting in the configuration at hand. */
export type Read = <T>(setting: Setting<string, T>) => T;

/** A setting that cannot be used as it is, to be told at its field. */
export interface FieldProblem {
  readonly key: string;
  readonly failure: FailureData;
  /** A value that would be accepted, where one is near; null: none, or the empty value where the setting may be empty. */
  readonly nearest: string | number | boolean | readonly number[] | null;
}

/** Two settings that are each right but contradict each other. */
interface Conflict {
  /** Names it in errors; no other conflict has it. */
  readonly name: string;
  readonly between: readonly [Setting, Setting];
  readonly holds: (read: Read) => boolean;
  readonly why: ByLanguage;
  /** The one of the two that gives way, and what it would become. */
  readonly givesWay: Setting;
  readonly nearest: (read: Read) => FieldProblem['nearest'];
}

/** What is known of a run that is being planned. */
export interface PlanFacts {
  /** First layer group that learns. */
  readonly freezeTo: number;
}

/** What a planner has to count; what is left out costs nothing. */
export interface SettingCost {
  /** Multiply-adds of a training step against those of a plain one. */
  readonly step?: number;
  /** Copies of every trained parameter that are kept beside it. */
  readonly slots?: number;
  /** Evaluations of the held-out pictures besides the one after each epoch. */
  readonly evaluations?: number;
}

/** Settings that belong together. */
export interface Declaration<S extends readonly Setting[] = readonly Setting[]> {
  readonly key: string;
  readonly place: FormPlace;
  /** Version of configuration files that first had these settings. */
  readonly since: number;
  readonly settings: S;
  readonly conflicts?: readonly Conflict[];
  /** What is worth knowing of a plan but forbids nothing. */
  readonly warns?: (read: Read, facts: PlanFacts) => readonly FieldProblem[];
  readonly cost?: (read: Read) => SettingCost;
}

/** Keeps the keys and types of the settings, from which the type of a configuration follows. */
export function declare<const S extends readonly Setting[]>(declaration: Declaration<S>): Declaration<S> {
  return declaration;
}
