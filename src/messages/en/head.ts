import type { MessageTable } from '../table.ts';

export const head = {
  'head.rowsMismatch': (p) => ({
    message: 'Features, labels and weights of a classifier do not belong to the same pictures.',
    expected: `one row or weight a label, ${p['labels']} in all`,
    received: `${p['received']} numbers`,
  }),
  'head.noRows': (p) => ({
    message: 'A fold leaves no picture to learn from.',
    received: `${p['rows']} pictures in all`,
    hint: 'Lower data.folds or add pictures.',
  }),
} satisfies MessageTable;
