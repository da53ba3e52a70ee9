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
      label: { en: 'β₁', ru: 'β₁' },
      why: { en: 'of AdamW: mean of gradients', ru: 'для AdamW: среднее градиентов' },
      help: { en: 'Rarely changed.', ru: 'Меняют редко.' },
    }),
    number('optimizer.beta2', {
      min: 0,
      max: 0.99999,
      fresh: 0.999,
      effect: is(optimizerName, 'adamw'),
      unit: units.factor,
      paper: adam,
      label: { en: 'β₂', ru: 'β₂' },
      why: { en: 'of AdamW: mean of squares', ru: 'для AdamW: среднее квадратов' },
      help: {
        en: 'Lower it to 0.99 for short runs, so that the mean of squares keeps up.',
        ru: 'Снизить до 0,99 при коротком обучении, чтобы среднее успевало.',
      },
    }),
    number('optimizer.epsilon', {
      min: 1e-12,
      max: 0.1,
      fresh: 1e-8,
      effect: is(optimizerName, 'adamw'),
      isRate: true,
      paper: adam,
      label: { en: 'ε', ru: 'ε' },
      why: { en: 'of AdamW, outside the root', ru: 'для AdamW, вне корня' },
      help: {
        en: 'Raise it to 1e-6 or more when steps of AdamW jump in the beginning.',
        ru: 'Поднять до 1e-6 и выше, если шаги AdamW в начале скачут.',
      },
    }),
  ],
});
