import type { MessageTable } from '../table.ts';

export const optim = {
  'optim.groupScaleCount': (p) => ({
    message: 'The number of learning-rate scales does not fit the network.',
    expected: `${p['expected']} values, one per layer group: ${String(p['groups'])}`,
    received: `${p['received']} values in tune.groupScales`,
    hint: 'Pass one value per group, shallow to deep, or leave tune.groupScales empty and set tune.layerDecay.',
  }),
} satisfies MessageTable;
