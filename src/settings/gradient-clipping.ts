import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const gradientClipping = declare({
  key: 'gradientClipping',
  place: 'schedule optimizer',
  since: 1,
  settings: [
    number('optimizer.clipNorm', {
      min: 0,
      max: 1e6,
      fresh: 0,
      off: 0,
      effect: learnsInSteps,
      unit: units.gradientNorm,
      paper: { name: 'Pascanu et al.: Training Recurrent Networks', address: arxiv('1211.5063') },
      label: { en: 'Clip gradients', ru: 'Предел градиента' },
      why: { en: '0: no clipping', ru: '0: без предела' },
      help: {
        en: 'Set it to 1 when the loss jumps or stops being a number.',
        ru: 'Поставить 1, если потери скачут или перестают быть числом.',
      },
    }),
  ],
});
