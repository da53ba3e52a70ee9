import { is, isNot } from './conditions.ts';
import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { choice, number } from './setting.ts';
import { units } from './units.ts';

const augmentMode = choice('augment.mode', {
  options: {
    none: {
      en: { label: 'None', reason: 'every picture as it is' },
      ru: { label: 'Нет', reason: 'каждая картинка как есть' },
    },
    online: {
      en: { label: 'Drawn anew', reason: 'different each epoch' },
      ru: { label: 'Заново', reason: 'новые каждую эпоху' },
    },
    cachedViews: {
      en: { label: 'Fixed views', reason: 'drawn once, so that frozen layers run once a view' },
      ru: { label: 'Готовые виды', reason: 'рисуются один раз, замороженные слои считаются раз на вид' },
    },
  },
  fresh: 'none',
  off: 'none',
  effect: learnsInSteps,
  label: { en: 'Augmentation', ru: 'Искажения' },
  why: {
    en: 'pictures changed in ways that keep their class: the network learns what does not matter',
    ru: 'заново: новые каждую эпоху; готовые виды: заданное число, и замороженные слои считаются один раз',
  },
  help: {
    en: 'Each picture is shown changed in ways that do not change its class. Drawn anew is the strongest; fixed views let frozen layers run once a view, so they cost almost nothing.',
    ru: 'Каждая картинка показывается изменённой так, что класс остаётся тем же. Рисовать заново — сильнее всего; с готовыми видами замороженные слои считаются один раз на вид и почти ничего не стоят.',
  },
});

export const augmented = isNot(augmentMode, 'none');

export const augmentation = declare({
  key: 'augmentation',
  place: 'pictures augmentation',
  since: 1,
  settings: [
    augmentMode,
    number('augment.views', {
      min: 1,
      max: 64,
      integer: true,
      fresh: 4,
      effect: is(augmentMode, 'cachedViews'),
      unit: units.viewsAPicture,
      label: { en: 'Views a picture', ru: 'Видов на картинку' },
      why: {
        en: 'more variety, more disk and time before the first epoch',
        ru: 'для готовых видов: больше разнообразия, больше места и времени до первой эпохи',
      },
      help: {
        en: 'More views are nearer to drawing anew; disk and the time before the first epoch grow with them.',
        ru: 'Чем больше видов, тем ближе к рисованию заново; место на диске и время до первой эпохи растут вместе с ними.',
      },
    }),
  ],
  // Fixed views are kept at the boundary of the frozen layers; with none frozen, nothing would use them.
  warns: (read, { freezeTo }) =>
    freezeTo === 0 && read(augmentMode) === 'cachedViews'
      ? [
          {
            key: augmentMode.key,
            failure: { code: 'plan.viewsNeedFrozen', params: {}, kind: 'input' },
            nearest: 'online',
          },
        ]
      : [],
});
