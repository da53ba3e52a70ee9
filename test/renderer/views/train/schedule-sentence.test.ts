import { expect, it } from 'vitest';
import { scheduleSentence } from '../../../../renderer/views/train/schedule-sentence.ts';
import { english } from '../../../../src/messages/ui/en/index.ts';
import { formatsOf } from '../../../../src/messages/ui/format.ts';
import { russian } from '../../../../src/messages/ui/ru/index.ts';
import { resolveConfig } from '../../../../src/settings/resolve-config.ts';
import { planTraining } from '../../../../src/schedules/plan-training.ts';

const words = { en: { text: english, format: formatsOf('en') }, ru: { text: russian, format: formatsOf('ru') } };

it.each([
  ['en', ['schedule.cycleEpochs=4', 'schedule.numCycles=3'], '3 cycles of 4 epochs, 12 in all, 3 snapshots'],
  [
    'en',
    ['schedule.cycleEpochs=4', 'schedule.numCycles=3', 'schedule.cycleMultiplier=1.5', 'schedule.warmupEpochs=1'],
    '3 cycles of 4 to 9 epochs, 20 in all, 3 snapshots',
  ],
  ['en', ['schedule.name=cosine', 'schedule.epochs=1'], '1 epoch, 1 snapshot'],
  [
    'ru',
    ['schedule.cycleEpochs=4', 'schedule.numCycles=2', 'schedule.cycleMultiplier=1.1'],
    '2 цикла от 4 до 4,4 эп., всего 8,4, 2 снимка',
  ],
] as const)('%s: the schedule with %j is told as %s', (language, set, sentence) => {
  const config = resolveConfig({ set });
  const plan = planTraining(config, { pictures: 640, layerGroups: [], freezeTo: 0 });
  expect(scheduleSentence(plan, config.schedule, words[language])).toBe(sentence);
});
