import { isNot } from './conditions.ts';
import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { inCycles, scheduleName } from './schedule.ts';
import { arxiv, snapshotEnsembles } from './papers.ts';
import { choice, number } from './setting.ts';
import { units } from './units.ts';

export const snapshotEnsemble = declare({
  key: 'snapshotEnsemble',
  place: 'schedule ensemble',
  since: 1,
  settings: [
    choice('ensemble.start', {
      options: {
        chain: {
          en: { label: 'The last', reason: 'each goes on from the one before' },
          ru: { label: 'С последней', reason: 'каждый продолжает предыдущий' },
        },
        star: {
          en: { label: 'The first fine-tuned', reason: 'each from the end of the first cycle' },
          ru: { label: 'С первой доученной', reason: 'каждый от конца первого цикла' },
        },
      },
      fresh: 'chain',
      off: 'chain',
      effect: inCycles,
      paper: { name: 'Sadrtdinov et al.: To Stay or Not to Stay', address: arxiv('2303.03374') },
      label: { en: 'Cycles start from', ru: 'Циклы начинать' },
      why: {
        en: 'each from the one before, or each from the first fine-tuned network',
        ru: 'цепью: каждый продолжает предыдущий; звездой: каждый от первой доученной сети (arXiv 2303.03374)',
      },
      help: {
        en: 'Star keeps every member near the pretrained weights, which helps with high peaks and long cycles; chain needs nothing kept and often wins with short ones.',
        ru: 'Звезда держит всех участников рядом с готовыми весами: помогает при высоких пиках и длинных циклах; цепь проще и часто выигрывает на коротких.',
      },
    }),
    number('ensemble.snapshots', {
      min: 1,
      max: 100,
      integer: true,
      fresh: 1,
      effect: isNot(scheduleName, 'sgdr'),
      unit: units.snapshots,
      paper: snapshotEnsembles,
      label: { en: 'Snapshots', ru: 'Снимки' },
      why: {
        en: 'for schedules without cycles: taken at equal distances to the end',
        ru: 'для расписаний без циклов: через равные промежутки до конца',
      },
      help: {
        en: 'For a schedule without cycles. Those near the end resemble each other and add little.',
        ru: 'Снимки под конец похожи друг на друга и добавляют мало.',
      },
    }),
    choice('ensemble.selection', {
      options: {
        all: {
          en: { label: 'All', reason: 'every snapshot counts once' },
          ru: { label: 'Все', reason: 'каждый снимок считается один раз' },
        },
        helpful: {
          en: { label: 'Those that help', reason: 'on validation, beyond its noise; often a single one' },
          ru: { label: 'Те, что помогают', reason: 'по отложенной выборке, сверх её шума; часто лишь один' },
        },
        greedy: {
          en: { label: 'Chosen', reason: 'on validation, strong ones may count twice' },
          ru: { label: 'Отобранные', reason: 'по отложенной выборке, сильные могут считаться дважды' },
        },
      },
      fresh: 'all',
      effect: learnsInSteps,
      paper: { name: 'Caruana et al.: Ensemble Selection', address: 'https://doi.org/10.1145/1015330.1015432' },
      label: { en: 'Members', ru: 'Участники' },
      why: {
        en: 'all, those that help on validation beyond its noise, or a greedy choice with repeats',
        ru: 'все, те, что помогают сверх шума отложенной выборки, или жадный отбор с повторами (Caruana 2004)',
      },
      help: {
        en: 'Early snapshots of a short training can cost accuracy: keep those that help. Chosen also lets strong ones count twice; with under 100 validation pictures that would be luck.',
        ru: 'Ранние снимки короткого обучения могут снижать точность: оставьте тех, что помогают. В жадном отборе сильные могут считаться дважды; если отложенных картинок меньше 100, он был бы случайным.',
      },
    }),
  ],
});
