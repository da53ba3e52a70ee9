import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const labelSmoothing = declare({
  key: 'labelSmoothing',
  place: 'pictures loss',
  since: 1,
  settings: [
    number('loss.labelSmoothing', {
      min: 0,
      max: 0.9,
      fresh: 0,
      off: 0,
      effect: learnsInSteps,
      unit: units.probability,
      paper: { name: 'Szegedy et al.: Rethinking Inception', address: arxiv('1512.00567') },
      label: { en: 'Label smoothing', ru: 'Сглаживание меток' },
      why: {
        en: 'keeps the network from certainty; 0.1 is common',
        ru: 'не даёт сети быть уверенной до конца; обычно 0,1',
      },
      help: {
        en: 'Lower it to 0 when the probabilities themselves matter, since it makes the network less sure than it is right. Helps against a few wrong labels.',
        ru: 'Снизить до 0, когда важны сами вероятности: со сглаживанием сеть менее уверена, чем права. Помогает при немногих неверных метках.',
      },
    }),
  ],
});
