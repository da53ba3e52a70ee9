import { declare } from './declaration.ts';
import { augmented } from './augmentation.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const shiftZoomTurn = declare({
  key: 'shiftZoomTurn',
  place: 'pictures strengths',
  since: 1,
  settings: [
    number('augment.shift', {
      min: 0,
      max: 0.5,
      fresh: 0,
      off: 0,
      on: 0.1,
      effect: augmented,
      unit: units.fractionOfSide,
      label: { en: 'Shift', ru: 'Сдвиг' },
      why: { en: 'largest shift in each direction', ru: 'наибольший сдвиг в каждую сторону' },
      help: {
        en: 'For objects that are always centred in your pictures and will not be in use. The usual value for small pictures is 0.125.',
        ru: 'Если предмет на картинках всегда в середине, а в деле не будет. Для маленьких картинок обычно 0,125.',
      },
    }),
    number('augment.scale', {
      min: 0,
      max: 0.5,
      fresh: 0,
      off: 0,
      on: 0.1,
      effect: augmented,
      unit: units.fraction,
      label: { en: 'Zoom', ru: 'Масштаб' },
      why: { en: 'zoom drawn from 1 − s to 1 + s', ru: 'увеличение от 1 − s до 1 + s' },
      help: {
        en: 'For objects that will be nearer or farther in use than in your pictures.',
        ru: 'Если в деле предметы будут ближе или дальше, чем на картинках.',
      },
    }),
    number('augment.rotation', {
      min: 0,
      max: 180,
      fresh: 0,
      off: 0,
      on: 15,
      effect: augmented,
      caution: () => ({ en: 'a turned 6 is a 9.', ru: 'повёрнутая 6 — это 9.' }),
      unit: units.degrees,
      label: { en: 'Rotation', ru: 'Поворот' },
      why: { en: 'largest turn; a turned 6 is a 9', ru: 'наибольший поворот; повёрнутая 6 — это 9' },
      help: {
        en: 'Up to 15 for hand-held photographs, 180 for pictures from above or through a microscope. Off where turning makes another class: 6 and 9.',
        ru: 'До 15 для снимков с рук, 180 для снимков сверху или через микроскоп. Выключить, если поворот меняет класс: 6 и 9.',
      },
    }),
  ],
});
