import type { ByLanguage } from '../base/language.ts';
import { declare } from './declaration.ts';
import { augmented } from './augmentation.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

/** A factor drawn from 1 − strength to 1 + strength. */
function factorAroundOne<const K extends string>(key: K, words: Record<'label' | 'why' | 'help', ByLanguage>) {
  const info = { min: 0, max: 0.9, fresh: 0, off: 0, on: 0.2, unit: units.fraction };
  return number(key, { ...info, effect: augmented, ...words });
}

export const colour = declare({
  key: 'colour',
  place: 'pictures strengths',
  since: 1,
  settings: [
    factorAroundOne('augment.brightness', {
      label: { en: 'Brightness', ru: 'Яркость' },
      why: { en: 'factor drawn from 1 − b to 1 + b', ru: 'множитель от 1 − b до 1 + b' },
      help: {
        en: 'For light that changes between your pictures and the place of use.',
        ru: 'Если свет на картинках и на месте применения разный.',
      },
    }),
    factorAroundOne('augment.contrast', {
      label: { en: 'Contrast', ru: 'Контраст' },
      why: { en: 'factor drawn from 1 − c to 1 + c', ru: 'множитель от 1 − c до 1 + c' },
      help: { en: 'For other cameras, haze, or screens.', ru: 'Для других камер, дымки, экранов.' },
    }),
    factorAroundOne('augment.saturation', {
      label: { en: 'Saturation', ru: 'Насыщенность' },
      why: { en: 'factor drawn from 1 − s to 1 + s', ru: 'множитель от 1 − s до 1 + s' },
      help: {
        en: 'For other cameras and light. Off where a pale and a bright colour are two classes.',
        ru: 'Для других камер и света. Выключить, если бледный и яркий цвет — два разных класса.',
      },
    }),
    number('augment.hue', {
      min: 0,
      max: 0.5,
      fresh: 0,
      off: 0,
      on: 0.03,
      effect: augmented,
      caution: () => ({
        en: 'ripe and unripe may differ by colour alone.',
        ru: 'спелое и неспелое может различать один цвет.',
      }),
      unit: units.turns,
      label: { en: 'Hue', ru: 'Оттенок' },
      why: { en: 'largest turn of the colour circle', ru: 'наибольший поворот цветового круга' },
      help: {
        en: 'Small values, up to 0.05, for other white balance. Off where colour tells the classes apart: ripe and unripe.',
        ru: 'Малые значения, до 0,05, — для другого баланса белого. Выключить, если классы различает цвет: спелое и неспелое.',
      },
    }),
  ],
});
