import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { decoupledWeightDecay } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const weightDecay = declare({
  key: 'weightDecay',
  place: 'schedule optimizer',
  since: 1,
  settings: [
    number('optimizer.weightDecay', {
      min: 0,
      max: 1,
      fresh: 1e-4,
      off: 0,
      effect: learnsInSteps,
      unit: units.factorAStep,
      isRate: true,
      paper: decoupledWeightDecay,
      label: { en: 'Weight decay', ru: 'Затухание весов' },
      why: {
        en: 'coupled L2 for SGD and momentum, decoupled for AdamW; never on biases or norm scales',
        ru: 'связанное L2 для SGD и инерции, отдельное для AdamW; никогда не для смещений и масштабов нормировки',
      },
      help: {
        en: 'Raise it tenfold when training accuracy runs far ahead of validation. With AdamW 0.01–0.05 is usual.',
        ru: 'Увеличить в десять раз, когда обучение далеко впереди отложенной выборки. Для AdamW обычно 0,01–0,05.',
      },
    }),
  ],
});
