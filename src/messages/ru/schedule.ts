import type { schedule as english } from '../en/schedule.ts';
import type { Translation } from '../table.ts';

export const schedule = {
  'schedule.floorAbovePeak': (p) => ({
    message: 'Дно темпа обучения выше его пика.',
    expected: 'schedule.minLearningRate не больше schedule.maxLearningRate',
    received: `minLearningRate ${p['minLearningRate']}, maxLearningRate ${p['maxLearningRate']}`,
    hint: 'Опустить дно или поднять пик.',
  }),
  'schedule.warmupTooLong': (p) => ({
    message: 'Разогрев не оставляет расписанию ни одного шага.',
    expected: 'schedule.warmupEpochs меньше schedule.epochs',
    received: `warmupEpochs ${p['warmupEpochs']}, epochs ${p['epochs']}`,
    hint: 'Укоротить разогрев или добавить эпох.',
  }),
  'schedule.tooManySnapshots': (p) => ({
    message: 'Снимков больше, чем шагов обучения.',
    expected: `не больше ${p['steps']} снимков`,
    received: `ensemble.snapshots ${p['snapshots']}`,
    hint: 'Уменьшить число снимков или добавить эпох.',
  }),
  'schedule.tooLong': (p) => ({
    message: 'Циклы растут так быстро, что обучение никогда не кончится.',
    received: `numCycles ${p['numCycles']}, cycleMultiplier ${p['cycleMultiplier']}`,
    hint: 'Уменьшить рост или число циклов.',
  }),
} satisfies Translation<typeof english>;
