import { is } from './conditions.ts';
import { declare } from './declaration.ts';
import { arxiv } from './papers.ts';
import { regime } from './regime.ts';
import { toggle } from './setting.ts';

export const findRate = declare({
  key: 'findRate',
  place: 'schedule rates',
  since: 2,
  settings: [
    toggle('schedule.findRate', {
      fresh: false,
      off: false,
      effect: is(regime, 'upper', 'all'),
      paper: { name: 'Smith: Cyclical Learning Rates', address: arxiv('1506.01186') },
      label: { en: 'Find the peak', ru: 'Искать пик' },
      why: {
        en: 'some steps of rising rate on these pictures say where the loss breaks away; the weights are given back',
        ru: 'несколько шагов с растущим темпом на этих картинках показывают, где срываются потери; веса возвращаются',
      },
      help: {
        en: 'For pictures that nobody trained on before. The peak stays within a tenth and three times of the one above.',
        ru: 'Для картинок, на которых ещё никто не учил. Пик остаётся между десятой долей и утроенным значением заданного.',
      },
    }),
  ],
});
