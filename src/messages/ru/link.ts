import type { link as english } from '../en/link.ts';
import type { Translation } from '../table.ts';

/** The window's way to the engine. */
export const link = {
  'link.lost': () => ({
    message: 'Связь с Anneal пропала раньше, чем пришёл ответ. Возможно, всё сделано.',
    hint: 'Когда связь вернётся, посмотреть, что сделано, и при надобности повторить.',
  }),
  'link.down': () => ({
    message: 'Связи с Anneal нет, поэтому это не сделано.',
    hint: 'Повторить, когда связь вернётся.',
  }),
} satisfies Translation<typeof english>;
