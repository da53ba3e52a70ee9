import type { ErrorData } from '../base/errors.ts';
import { english } from './en/index.ts';
import type { Words } from './table.ts';

/** The words for an error; an unknown code is shown as itself so that nothing is ever swallowed. */
export function describeError(error: ErrorData): Words {
  const words = english[error.code];
  return words ? words(error.params) : { message: error.code, received: JSON.stringify(error.params) };
}
