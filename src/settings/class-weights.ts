import { declare } from './declaration.ts';
import { sampler } from './batches.ts';
import { learnsInSteps } from './regime.ts';
import { choice } from './setting.ts';

const classWeights = choice('loss.classWeights', {
  options: {
    none: {
      en: { label: 'Equal', reason: 'every picture counts the same' },
      ru: { label: 'Равные', reason: 'все картинки считаются одинаково' },
    },
    balanced: {
      en: { label: 'Balanced', reason: 'pictures of rare classes count more' },
      ru: { label: 'Уравненные', reason: 'картинки редких классов весят больше' },
    },
  },
  fresh: 'none',
  off: 'none',
  effect: learnsInSteps,
  label: { en: 'Class weights', ru: 'Веса классов' },
  why: { en: 'balanced: rare classes weigh more', ru: 'уравненные: редкие классы весят больше' },
  help: {
    en: 'Choose balanced when the rare class matters as much as the common ones. Not together with the balanced sampler.',
    ru: 'Уравненные — когда редкий класс важен не меньше частых. Не вместе с уравненным порядком картинок.',
  },
});

export const classWeighting = declare({
  key: 'classWeights',
  place: 'pictures loss',
  since: 1,
  settings: [classWeights],
  conflicts: [
    {
      name: 'balancedTwice',
      between: [sampler, classWeights],
      holds: (read) => read(sampler) === 'balanced' && read(classWeights) === 'balanced',
      why: { en: 'rare classes would be weighted twice', ru: 'редкие классы учитывались бы дважды' },
      givesWay: classWeights,
      nearest: () => 'none',
    },
  ],
});
