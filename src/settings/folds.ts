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
      label: { en: 'Folds', ru: 'Блоки' },
      why: {
        en: 'parts for the out-of-fold choice on small data',
        ru: 'части для перекрёстного выбора на малых данных',
      },
      help: {
        en: 'More folds train each network on more of the pictures, and take that much longer. Five is usual, ten where pictures are very few.',
        ru: 'Чем больше блоков, тем больше картинок достаётся каждой сети и тем дольше обучение. Обычно пять, десять — когда картинок совсем мало.',
      },
    }),
    number('data.foldChoiceBelow', {
      min: 0,
      max: 100_000,
      integer: true,
      fresh: 500,
      effect: is(regime, 'upper', 'all'),
      unit: units.pictures,
      label: { en: 'Folds below', ru: 'Блоки, если меньше' },
      why: {
        en: 'below this many training pictures one validation part is too noisy: folds choose, then all pictures train',
        ru: 'при меньшем числе обучающих картинок одна отложенная часть слишком шумна: выбирают блоки, затем учат все картинки',
      },
      help: {
        en: 'Set it to 0 to always hold one validation part out, or above the number of pictures to always use folds.',
        ru: '0 — всегда одна отложенная часть; больше числа картинок — всегда блоки.',
      },
    }),
  ],
});
