import { declare } from './declaration.ts';
import { numberOrNull } from './setting.ts';
import { units } from './units.ts';

export const inputSize = declare({
  key: 'inputSize',
  place: 'backbone input',
  since: 1,
  settings: [
    numberOrNull('model.inputSize', {
      min: 16,
      max: 1024,
      integer: true,
      fresh: null,
      unit: units.pixels,
      label: { en: 'Picture side', ru: 'Сторона картинки' },
      why: {
        en: 'smaller is faster; empty: the size the weights were trained at',
        ru: 'меньше — быстрее; пусто: размер, на котором учились веса',
      },
      help: {
        en: 'Smaller is faster by the square. Raise it when what tells the classes apart is small in the picture; far from the size of the weights accuracy falls.',
        ru: 'Время растёт как квадрат стороны. Увеличить, когда различие между классами мелкое; вдали от размера весов точность падает.',
      },
    }),
  ],
});
