import type { ErrorData } from '../../src/base/errors.ts';
import { toFailure } from '../../src/base/failure.ts';
import { describeError } from '../../src/messages/describe.ts';
import { locale } from '../state/locale.svelte.ts';

/** An error as a person reads it. `code` is for a report to the makers. */
export interface ShownError {
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly received?: string;
  readonly hint?: string;
}

/** The words for what came over the wire, in the language of the window. */
export function shownError(error: ErrorData): ShownError {
  return { code: error.code, ...describeError(error, locale.language) };
}

/** The words for whatever was thrown by a call. */
export function shownFailure(thrown: unknown): ShownError {
  return shownError(toFailure(thrown));
}
