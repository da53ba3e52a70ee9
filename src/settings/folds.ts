import { is } from './conditions.ts';
import { declare } from './declaration.ts';
import { regime } from './regime.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const folds = declare({
  key: 'folds',
  place: 'pictures parts',
  since: 1,
  settings: [
    number('data.folds', {
      min: 2,
      max: 20,
      integer: true,
      fresh: 5,
      unit: units.folds,
      words: {
        en: {
          label: 'Folds',
          why: 'parts for the out-of-fold choice on small data',
          help: 'More folds train each network on more of the pictures, and take that much longer. Five is usual, ten where pictures are very few.',
        },
        ru: {
          label: 'Блоки',
          why: 'части для перекрёстного выбора на малых данных',
          help: 'Чем больше блоков, тем больше картинок достаётся каждой сети и тем дольше обучение. Обычно пять, десять — когда картинок совсем мало.',
        },
      },
    }),
    number('data.foldChoiceBelow', {
      min: 0,
      max: 100_000,
      integer: true,
      fresh: 500,
      effect: is(regime, 'upper', 'all'),
      unit: units.pictures,
      words: {
        en: {
          label: 'Folds below',
          why: 'below this many training pictures one validation part is too noisy: folds choose, then all pictures train',
          help: 'Set it to 0 to always hold one validation part out, or above the number of pictures to always use folds.',
        },
        ru: {
          label: 'Блоки, если меньше',
          why: 'при меньшем числе обучающих картинок одна отложенная часть слишком шумна: выбирают блоки, затем учат все картинки',
          help: '0 — всегда одна отложенная часть; больше числа картинок — всегда блоки.',
        },
      },
    }),
  ],
});
