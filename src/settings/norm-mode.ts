import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { choice } from './setting.ts';

export const normMode = declare({
  key: 'normMode',
  place: 'layers more',
  since: 1,
  settings: [
    choice('tune.normMode', {
      options: {
        frozen: {
          en: { label: 'Frozen', reason: 'keeps the averages of the weights' },
          ru: { label: 'Заморожена', reason: 'хранит средние готовых весов' },
        },
        training: {
          en: { label: 'Updated', reason: 'batch statistics, averages follow' },
          ru: { label: 'Обновляется', reason: 'по пакетам, средние следуют' },
        },
      },
      fresh: 'frozen',
      effect: learnsInSteps,
      paper: { name: 'Ioffe & Szegedy: Batch Normalization', address: arxiv('1502.03167') },
      label: { en: 'Batch norm', ru: 'Нормировка по пакету' },
      why: {
        en: 'batch norm of the unfrozen layers: keep its averages, or use and update batch statistics',
        ru: 'в размороженных слоях: хранить готовые средние или считать и обновлять по пакетам',
      },
      help: {
        en: 'Frozen is right for fine-tuning with small batches. Updated is right from scratch, and for pictures of another kind with batches of 32 or more.',
        ru: 'Замороженная верна для доучивания малыми пакетами. Обновляемая — с нуля и для картинок другого рода при пакетах от 32.',
      },
    }),
  ],
});
