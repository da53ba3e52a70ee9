import { declare } from './declaration.ts';
import { arxiv } from './papers.ts';
import { toggle } from './setting.ts';

export const calibration = declare({
  key: 'calibration',
  place: 'schedule ensemble',
  since: 2,
  settings: [
    toggle('ensemble.calibrate', {
      fresh: true,
      off: false,
      paper: { name: 'Guo et al.: Calibration of Modern Networks', address: arxiv('1706.04599') },
      label: { en: 'Calibrate', ru: 'Калибровать' },
      why: {
        en: 'one temperature, so that 80 % sure is right in 80 % of cases',
        ru: 'одна температура: уверенность 80 % должна быть верна в 80 % случаев',
      },
      help: {
        en: 'Chosen on the held-out pictures, kept only where it lowers their log loss beyond noise. Turn it off to compare raw probabilities with another program.',
        ru: 'Выбирается по отложенным картинкам и остаётся, только если снижает их потери сверх разброса. Выключить, чтобы сравнить сырые вероятности с другой программой.',
      },
    }),
  ],
});
