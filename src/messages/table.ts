import type { ErrorParams } from '../base/errors.ts';

/** What a person reads when something fails. */
export interface Words {
  /** What happened. */
  readonly message: string;
  readonly expected?: string;
  readonly received?: string;
  /** How to fix it. */
  readonly hint?: string;
}

export type MessageTable = Record<string, (params: ErrorParams) => Words>;

/** The same codes in another language. */
export type Translation<T extends MessageTable> = Readonly<Record<keyof T, MessageTable[string]>>;

/** The names that an error carries, one after another. */
export const list = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));
