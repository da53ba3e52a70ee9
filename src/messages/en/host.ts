import type { MessageTable } from '../table.ts';

export const host = {
  'host.badMessage': (p) => ({
    message: 'The window sent something that the host does not understand.',
    expected: 'a message of this version of Anneal',
    ...(p['detail'] === undefined ? {} : { received: String(p['detail']) }),
    hint: 'Reload the window.',
  }),
  'host.cancelled': () => ({ message: 'Stopped on request.' }),
  'host.tooManyCalls': (p) => ({
    message: 'The window asks for too much at a time.',
    expected: `at most ${p['limit']} open questions`,
    hint: 'Wait for an answer, or reload the window.',
  }),
  'host.tooSlow': () => ({
    message: 'The window does not take what it is sent.',
    hint: 'Reload the window: nothing is lost.',
  }),
} satisfies MessageTable;
