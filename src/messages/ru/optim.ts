import type { optim as english } from '../en/optim.ts';
import type { Translation } from '../table.ts';

export const optim = {
  'optim.groupScaleCount': (p) => ({
    message: 'Число множителей темпа не подходит к сети.',
    expected: `${p['expected']}, по одному на группу слоёв: ${String(p['groups'])}`,
    received: `в tune.groupScales их ${p['received']}`,
    hint: 'Дать по одному на группу, от нижней к верхней, или оставить tune.groupScales пустым и задать tune.layerDecay.',
  }),
} satisfies Translation<typeof english>;
