import { is } from './conditions.ts';
import { declare } from './declaration.ts';
import { optimizerName } from './optimizer.ts';
import { adam } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const adamw = declare({
  key: 'adamw',
  place: 'schedule optimizer',
  since: 1,
  settings: [
    number('optimizer.beta1', {
      min: 0,
      max: 0.9999,
      fresh: 0.9,
      effect: is(optimizerName, 'adamw'),
      unit: units.factor,
      paper: adam,
      words: {
        en: {
          label: 'β₁',
          why: 'of AdamW: mean of gradients',
          help: 'Rarely changed.',
        },
        ru: {
          label: 'β₁',
          why: 'для AdamW: среднее градиентов',
          help: 'Меняют редко.',
        },
      },
    }),
    number('optimizer.beta2', {
      min: 0,
      max: 0.99999,
      fresh: 0.999,
      effect: is(optimizerName, 'adamw'),
      unit: units.factor,
      paper: adam,
      words: {
        en: {
          label: 'β₂',
          why: 'of AdamW: mean of squares',
          help: 'Lower it to 0.99 for short runs, so that the mean of squares keeps up.',
        },
        ru: {
          label: 'β₂',
          why: 'для AdamW: среднее квадратов',
          help: 'Снизить до 0,99 при коротком обучении, чтобы среднее успевало.',
        },
      },
    }),
    number('optimizer.epsilon', {
      min: 1e-12,
      max: 0.1,
      fresh: 1e-8,
      effect: is(optimizerName, 'adamw'),
      isRate: true,
      paper: adam,
      words: {
        en: {
          label: 'ε',
          why: 'of AdamW, outside the root',
          help: 'Raise it to 1e-6 or more when steps of AdamW jump in the beginning.',
        },
        ru: {
          label: 'ε',
          why: 'для AdamW, вне корня',
          help: 'Поднять до 1e-6 и выше, если шаги AdamW в начале скачут.',
        },
      },
    }),
  ],
});
