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
  label: { en: 'Rate × of each group', ru: 'Темп × каждой группы' },
  why: {
    en: 'learning-rate factor of every group, shallow to deep, in place of the decay',
    ru: 'множитель темпа каждой группы, от нижней к верхней, вместо спада по слоям',
  },
  help: {
    en: 'For layers that should move more or less than the decay says. Empty: the decay alone.',
    ru: 'Для слоёв, которые должны меняться сильнее или слабее, чем велит спад. Пусто: только спад.',
  },
});

export const groupRates = declare({
  key: 'groupScales',
  place: 'layers more',
  since: 1,
  settings: [groupScales],
});
