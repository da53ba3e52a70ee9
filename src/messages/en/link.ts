import type { MessageTable } from '../table.ts';

/** The window's way to the engine. */
export const link = {
  'link.lost': () => ({
    message: 'The connection to Anneal was lost before the answer came. It may have been done.',
    hint: 'Look at the state when the connection is back, then try again.',
  }),
  'link.down': () => ({
    message: 'There is no connection to Anneal, so this was not done.',
    hint: 'Try again when the connection is back.',
  }),
} satisfies MessageTable;
