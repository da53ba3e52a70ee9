import type { ErrorParams } from '../../base/errors.ts';
import { formatsOf } from '../ui/format.ts';

const format = formatsOf('ru');

/** '3,1 ГБ' */
export const gigabytes = (bytes: ErrorParams[string] | undefined): string =>
  `${format.decimal(Number(bytes) / 1e9, 1)} ГБ`;
