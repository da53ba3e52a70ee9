import type { ByLanguage } from '../base/language.ts';
import { declare } from './declaration.ts';
import { augmented } from './augmentation.ts';
import { mirroredNames } from './mirrored-names.ts';
import { toggle } from './setting.ts';

export const mirror = declare({
  key: 'mirror',
  place: 'pictures strengths',
  since: 1,
  settings: [
    toggle('augment.flip', {
      fresh: true,
      off: false,
      on: true,
      effect: augmented,
      caution: ({ classes }) => changedByMirror(mirroredNames(classes)),
      label: { en: 'Mirror', ru: 'Отражение' },
      why: {
        en: 'mirror left and right; switch off where the side carries the class',
        ru: 'меняет лево и право; выключить, если сторона определяет класс',
      },
      help: {
        en: 'Switch it off where left and right differ: letters, digits, arrows, traffic signs, medical pictures with a side.',
        ru: 'Выключить там, где лево и право различны: буквы, цифры, стрелки, дорожные знаки, медицинские снимки.',
      },
    }),
  ],
});

function changedByMirror(names: readonly string[]): ByLanguage | null {
  if (names.length === 0) return null;
  const list = names.join(', ');
  return { en: `${list} in a mirror may be others.`, ru: `${list} в зеркале могут стать другими.` };
}
