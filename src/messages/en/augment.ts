import type { MessageTable } from '../table.ts';

export const augment = {
  'augment.needsNative': (p) => ({
    message: `Augmentation needs the native TensorFlow runtime, which is not in use here (${p['op']}).`,
    hint: 'Run "anneal setup", or train without augmentation: --set augment.mode=none.',
  }),
} satisfies MessageTable;
