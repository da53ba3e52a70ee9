import { is } from './conditions.ts';
import { declare } from './declaration.ts';
import { optimizerName } from './optimizer.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const momentum = declare({
  key: 'momentum',
  place: 'schedule optimizer',
  since: 1,
  settings: [
    number('optimizer.momentum', {
      min: 0,
      max: 0.999,
      fresh: 0.9,
      effect: is(optimizerName, 'momentum', 'nesterov'),
      unit: units.factor,
      label: { en: 'Momentum', ru: 'Инерция' },
      why: { en: 'how much of its direction a step keeps', ru: 'для инерции и Нестерова' },
      help: {
        en: 'Lower it to 0.8 when the loss swings; 0.95 or more needs a lower rate.',
        ru: 'Снизить до 0,8, если потери качаются; 0,95 и больше требуют меньшего темпа.',
      },
    }),
  ],
});
