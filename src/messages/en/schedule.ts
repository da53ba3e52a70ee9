import type { MessageTable } from '../table.ts';

export const schedule = {
  'schedule.floorAbovePeak': (p) => ({
    message: 'The floor of the learning rate lies above its peak.',
    expected: 'schedule.minLearningRate at most schedule.maxLearningRate',
    received: `minLearningRate ${p['minLearningRate']}, maxLearningRate ${p['maxLearningRate']}`,
    hint: 'Lower schedule.minLearningRate or raise schedule.maxLearningRate.',
  }),
  'schedule.warmupTooLong': (p) => ({
    message: 'The warm-up leaves no step for the schedule after it.',
    expected: 'schedule.warmupEpochs below schedule.epochs',
    received: `warmupEpochs ${p['warmupEpochs']}, epochs ${p['epochs']}`,
    hint: 'Shorten schedule.warmupEpochs or raise schedule.epochs.',
  }),
  'schedule.tooManySnapshots': (p) => ({
    message: 'There are more snapshots to take than training steps.',
    expected: `at most ${p['steps']} snapshots`,
    received: `ensemble.snapshots ${p['snapshots']}`,
    hint: 'Lower ensemble.snapshots or raise schedule.epochs.',
  }),
  'schedule.tooLong': (p) => ({
    message: 'The cycles grow so fast that the run would never end.',
    received: `numCycles ${p['numCycles']}, cycleMultiplier ${p['cycleMultiplier']}`,
    hint: 'Lower schedule.cycleMultiplier or schedule.numCycles.',
  }),
} satisfies MessageTable;
