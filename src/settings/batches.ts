import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { choice, number } from './setting.ts';
import { units } from './units.ts';

export const sampler = choice('data.sampler', {
  options: {
    shuffle: {
      en: { label: 'Shuffled', reason: 'every picture once an epoch' },
      ru: { label: 'Перемешанный', reason: 'каждая картинка раз за эпоху' },
    },
    stratified: {
      en: { label: 'Stratified', reason: 'every batch holds all classes' },
      ru: { label: 'Послойный', reason: 'в каждом пакете все классы' },
    },
    balanced: {
      en: { label: 'Balanced', reason: 'every class equally often' },
      ru: { label: 'Уравненный', reason: 'каждый класс одинаково часто' },
    },
  },
  fresh: 'shuffle',
  effect: learnsInSteps,
  label: { en: 'Order of pictures', ru: 'Порядок картинок' },
  why: {
    en: 'stratified: each batch holds all classes; balanced: each class equally often',
    ru: 'послойный: в каждом пакете все классы; уравненный: каждый класс одинаково часто',
  },
  help: {
    en: 'Choose balanced when one class has many times the pictures of another and the rare one matters as much. Not together with balanced class weights.',
    ru: 'Уравненный — когда в одном классе картинок во много раз больше, а редкий важен не меньше. Не вместе с уравненными весами классов.',
  },
});

export const batches = declare({
  key: 'batches',
  place: 'pictures batches',
  since: 1,
  settings: [
    number('data.batchSize', {
      min: 1,
      max: 1024,
      integer: true,
      fresh: 32,
      effect: learnsInSteps,
      unit: units.pictures,
      paper: { name: 'Smith et al.: Increase the Batch Size', address: arxiv('1711.00489') },
      label: { en: 'Batch', ru: 'Пакет' },
      why: {
        en: 'larger is faster and smoother, and needs more memory',
        ru: 'крупнее — быстрее и ровнее, но нужно больше памяти',
      },
      help: {
        en: 'Halve it when memory runs out, and lower the peak rate about as much. Very small batches make noisy steps; very large ones need a higher rate and generalise a little worse.',
        ru: 'Уменьшить вдвое, если не хватает памяти, и примерно во столько же снизить пик темпа. Очень мелкие пакеты дают шумные шаги; очень крупные требуют большего темпа и обобщают чуть хуже.',
      },
    }),
    sampler,
  ],
});
