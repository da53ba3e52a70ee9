import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import type { StoredName } from './names.ts';

/**
 * What is stored grows: each kind of record has a version, and +1 steps that bring an older record to the present shape.
 *
 * To change the shape of a kind:
 * 1. Append a step to its `steps`, which makes a record of the version before into one of the next. Never edit a step that was
 *    released. What is new gets the value that means what old records did, which is not always that of a new record.
 * 2. Change its schema to the new shape; `encode` writes the new version by itself.
 * 3. A kind that lies in the database: append a migration (store/migrations.ts), an empty one where no column changes, so that a
 *    program from before refuses the workspace instead of misreading it.
 * 4. Write fixtures with the last version that wrote the old shape (test/oracles/formats), and test that they mean what they meant.
 *
 * A record says its version in `formatVersion`; without one it is of version 1. A list has no place for it: from version 2 on it is
 * written as `{ formatVersion, list }`.
 */
export interface StoredKind<T> {
  readonly name: StoredName;
  /** Of records written now. */
  readonly version: number;
  /** The first makes a record of version 1 into one of version 2. */
  readonly steps: readonly UpgradeStep[];
  /** Of the present version. */
  readonly schema: v.GenericSchema<unknown, T>;
}

/** Plain JSON in, plain JSON out; nothing outside it is read. It may throw at what makes no sense: the record is then damaged. */
export type UpgradeStep = (raw: unknown) => unknown;

export function storedKind<T>(
  name: StoredName,
  schema: v.GenericSchema<unknown, T>,
  steps: readonly UpgradeStep[] = [],
): StoredKind<T> {
  return { name, schema, steps, version: 1 + steps.length };
}

/** A record as it was read, in the present shape. `where` names its place in errors. @throws stored.newer, stored.damaged */
export function upgrade<T>(kind: StoredKind<T>, raw: unknown, where: string): T {
  const result = v.safeParse(kind.schema, raise(kind, raw, where));
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw damaged(kind.name, where, v.getDotPath(issue) ?? '', issue.message);
}

/** The steps alone: the record may still be anything. @throws stored.newer, stored.damaged */
function raise(kind: Omit<StoredKind<unknown>, 'schema'>, raw: unknown, where: string): unknown {
  const received = versionOf(raw);
  if (!Number.isInteger(received) || received < 1)
    throw damaged(kind.name, where, 'formatVersion', `a whole number from 1, received ${received}`);
  if (received > kind.version)
    throw new AnnealError('stored.newer', { kind: kind.name, where, received, expected: kind.version });
  let record = isRecord(raw) && Array.isArray(raw['list']) && 'formatVersion' in raw ? raw['list'] : raw;
  try {
    for (const step of kind.steps.slice(received - 1)) record = step(record);
  } catch (error) {
    throw damaged(kind.name, where, '', error instanceof Error ? error.message : String(error));
  }
  return received < kind.version && isRecord(record) ? { ...record, formatVersion: kind.version } : record;
}

/** From JSON. @throws stored.newer, stored.damaged */
export function decode<T>(kind: StoredKind<T>, text: string, where: string): T {
  return upgrade(kind, parseJson(kind.name, text, where), where);
}

/** @throws stored.damaged */
export function parseJson(name: StoredName, text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(name, where, '', error instanceof Error ? error.message : String(error));
  }
}

/** JSON of a record in the present shape, with its version. */
export function encode<T>(kind: StoredKind<T>, record: T): string {
  const { version } = kind;
  if (version === 1) return JSON.stringify(record);
  return JSON.stringify(
    Array.isArray(record) ? { formatVersion: version, list: record } : { ...record, formatVersion: version },
  );
}

export function damaged(name: StoredName, where: string, at: string, detail: string): AnnealError {
  return new AnnealError('stored.damaged', { kind: name, where, at, detail });
}

/** The fields of a record, for steps. */
export function fieldsOf(raw: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(raw)) return raw;
  throw new TypeError(`an object was expected, received ${JSON.stringify(raw)?.slice(0, 100)}`);
}

/** The entries of a list, for steps. */
export function entriesOf(raw: unknown): readonly unknown[] {
  if (Array.isArray(raw)) return raw;
  throw new TypeError(`a list was expected, received ${JSON.stringify(raw)?.slice(0, 100)}`);
}

function versionOf(raw: unknown): number {
  const version = isRecord(raw) ? (raw['formatVersion'] ?? 1) : 1;
  return typeof version === 'number' ? version : NaN;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
