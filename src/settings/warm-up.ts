import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const warmupEpochs = number('schedule.warmupEpochs', {
  min: 0,
  max: 100,
  fresh: 0,
  off: 0,
  effect: learnsInSteps,
  unit: units.epochs,
  paper: { name: 'Goyal et al.: Large Minibatch SGD', address: arxiv('1706.02677') },
  label: { en: 'Warm-up', ru: 'Разогрев' },
  why: {
    en: 'linear from the floor to the peak before the first cycle',
    ru: 'по прямой от дна к пику перед первым циклом',
  },
  help: {
    en: 'One epoch for AdamW, large batches, or a random head; a solved head needs none.',
    ru: 'Одна эпоха для AdamW, крупных пакетов или случайной головы; решённой голове он не нужен.',
  },
});

export const warmUp = declare({
  key: 'warmUp',
  place: 'schedule rates',
  since: 1,
  settings: [warmupEpochs],
});
