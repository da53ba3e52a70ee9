import type { MessageTable } from '../table.ts';

export const general = {
  internal: (p) => ({
    message: `Something inside Anneal failed: ${p['detail']}`,
    hint: 'This is a defect of ours. The run up to its last checkpoint is kept.',
  }),
} satisfies MessageTable;
