import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { decoupledWeightDecay } from './papers.ts';
import { choice } from './setting.ts';
import { slotKinds } from './slot-kinds.ts';

export const optimizerName = choice('optimizer.name', {
  options: {
    sgd: {
      en: { label: 'SGD', reason: 'the plain step' },
      ru: { label: 'SGD', reason: 'простой шаг' },
    },
    momentum: {
      en: { label: 'Momentum', reason: 'SGD that keeps its direction' },
      ru: { label: 'Инерция', reason: 'SGD, который держит направление' },
    },
    nesterov: {
      en: { label: 'Nesterov', reason: 'momentum that looks ahead' },
      ru: { label: 'Нестеров', reason: 'инерция, которая смотрит вперёд' },
    },
    adamw: {
      en: { label: 'AdamW', reason: 'a step size for each weight' },
      ru: { label: 'AdamW', reason: 'свой размер шага у каждого веса' },
    },
  },
  fresh: 'nesterov',
  effect: learnsInSteps,
  paper: decoupledWeightDecay,
  label: { en: 'Optimizer', ru: 'Оптимизатор' },
  why: {
    en: 'AdamW is less sensitive to the rate, Nesterov often ends better',
    ru: 'AdamW меньше зависит от темпа, Нестеров часто приходит к лучшему',
  },
  help: {
    en: 'Choose AdamW when training is unstable or the right rate is unknown, with a peak about ten times lower than for Nesterov.',
    ru: 'AdamW — когда обучение неустойчиво или верный темп неизвестен; пик примерно в десять раз ниже, чем у Нестерова.',
  },
});

export const optimizer = declare({
  key: 'optimizer',
  place: 'schedule optimizer',
  since: 1,
  settings: [optimizerName],
  cost: (read) => ({ slots: Object.keys(slotKinds[read(optimizerName)]).length }),
});
