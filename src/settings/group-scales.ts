import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { numbersOrNull } from './setting.ts';
import { units } from './units.ts';

export const groupScales = numbersOrNull('tune.groupScales', {
  min: 0,
  max: 100,
  fresh: null,
  off: null,
  effect: learnsInSteps,
  unit: units.factor,
  isRate: true,
  words: {
    en: {
      label: 'Rate × of each group',
      why: 'learning-rate factor of every group, shallow to deep, in place of the decay',
      help: 'For layers that should move more or less than the decay says. Empty: the decay alone.',
    },
    ru: {
      label: 'Темп × каждой группы',
      why: 'множитель темпа каждой группы, от нижней к верхней, вместо спада по слоям',
      help: 'Для слоёв, которые должны меняться сильнее или слабее, чем велит спад. Пусто: только спад.',
    },
  },
});

export const groupRates = declare({
  key: 'groupScales',
  place: 'layers more',
  since: 1,
  settings: [groupScales],
});
