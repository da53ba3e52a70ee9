import { above, any, isNot } from './conditions.ts';
import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { scheduleName } from './schedule.ts';
import { warmupEpochs } from './warm-up.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

const maxLearningRate = number('schedule.maxLearningRate', {
  min: 1e-8,
  max: 10,
  fresh: 0.01,
  effect: learnsInSteps,
  unit: units.rate,
  isRate: true,
  label: { en: 'Peak', ru: 'Пик' },
  why: {
    en: 'where each cycle begins; of the deepest group',
    ru: 'с него начинается каждый цикл; для самой верхней группы слоёв',
  },
  help: {
    en: 'A third of it when the loss jumps or fine-tuning ends below where it began; three times as much when it hardly moves.',
    ru: 'Уменьшить втрое, если потери скачут или доучивание кончается хуже, чем начиналось; увеличить втрое, если почти не меняются.',
  },
});

const minLearningRate = number('schedule.minLearningRate', {
  min: 0,
  max: 10,
  fresh: 0,
  effect: any(isNot(scheduleName, 'constant'), above(warmupEpochs, 0)),
  unit: units.rate,
  isRate: true,
  label: { en: 'Floor', ru: 'Дно' },
  why: {
    en: 'where each cycle ends; at 0 a snapshot settles fully',
    ru: 'им кончается каждый цикл; при 0 снимок остывает до конца',
  },
  help: {
    en: 'Almost always 0: a snapshot is best where the rate has come to rest.',
    ru: 'Почти всегда 0: снимок лучше всего там, где темп остыл.',
  },
});

export const learningRate = declare({
  key: 'learningRate',
  place: 'schedule rates',
  since: 1,
  settings: [maxLearningRate, minLearningRate],
  conflicts: [
    {
      name: 'floorAbovePeak',
      between: [minLearningRate, maxLearningRate],
      holds: (read) => read(minLearningRate) > read(maxLearningRate),
      why: { en: 'the floor lies above the peak', ru: 'дно выше пика' },
      givesWay: minLearningRate,
      nearest: (read) => read(maxLearningRate),
    },
  ],
});
