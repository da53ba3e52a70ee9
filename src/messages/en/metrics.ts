import type { MessageTable } from '../table.ts';

export const metrics = {
  'metrics.sizeMismatch': (p) => ({
    message: `Sizes that must fit together do not: ${p['what']}.`,
    expected: String(p['expected']),
    received: String(p['received']),
    hint: 'Evaluate all members on the same pictures again.',
  }),
} satisfies MessageTable;
