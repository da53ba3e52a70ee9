import type { ErrorData } from '../base/errors.ts';
import { english } from './en/index.ts';
import { russian } from './ru/index.ts';
import type { MessageTable, Words } from './table.ts';
import type { Language } from '../base/language.ts';

const tables: Readonly<Record<Language, MessageTable>> = { en: english, ru: russian };

/** The words for an error; an unknown code is shown as itself so that nothing is ever swallowed. */
export function describeError(error: ErrorData, language: Language = 'en'): Words {
  const words = tables[language][error.code];
  return words ? words(error.params) : { message: error.code, received: JSON.stringify(error.params) };
}
