import type { metrics as english } from '../en/metrics.ts';
import type { Translation } from '../table.ts';

export const metrics = {
  'metrics.sizeMismatch': (p) => ({
    message: `Размеры, которые должны совпадать, не совпадают: ${p['what']}.`,
    expected: String(p['expected']),
    received: String(p['received']),
    hint: 'Снова оценить всех участников на одних и тех же картинках.',
  }),
} satisfies Translation<typeof english>;
