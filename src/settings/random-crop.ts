import { declare } from './declaration.ts';
import { augmented } from './augmentation.ts';
import { arxiv } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const randomCrop = declare({
  key: 'randomCrop',
  place: 'pictures strengths',
  since: 1,
  settings: [
    number('augment.cropMinScale', {
      min: 0.05,
      max: 1,
      fresh: 0.6,
      off: 1,
      on: 0.6,
      effect: augmented,
      unit: units.fractionOfArea,
      paper: { name: 'Szegedy et al.: Going Deeper with Convolutions', address: arxiv('1409.4842') },
      label: { en: 'Random crop', ru: 'Случайная вырезка' },
      why: {
        en: 'random resized crop: smallest part of the picture shown; 1 is no crop',
        ru: 'наименьшая показываемая часть картинки; 1 — без вырезки',
      },
      help: {
        en: 'Lower it when the object fills the picture; keep it high when a crop may miss what makes the class.',
        ru: 'Уменьшить, когда предмет занимает всю картинку; оставить большой, если вырезка может не захватить то, что определяет класс.',
      },
    }),
  ],
});
