import { declare } from './declaration.ts';
import { number } from './setting.ts';

export const seed = declare({
  key: 'seed',
  place: 'goal run',
  since: 1,
  settings: [
    number('seed', {
      min: 0,
      max: 2 ** 31 - 1,
      integer: true,
      fresh: 0,
      label: { en: 'Seed', ru: 'Зерно' },
      why: {
        en: 'equal seeds repeat a run bit for bit on one machine',
        ru: 'с равным зерном обучение на одной машине повторяется бит в бит',
      },
      help: {
        en: 'Draws the split, the order of pictures and every augmentation. Train with two or three seeds to see how much of a difference is luck.',
        ru: 'От него зависят разбиение, порядок картинок и все искажения. Обучение с двумя-тремя зёрнами покажет, какая часть разницы случайна.',
      },
    }),
  ],
});
