import { declare } from './declaration.ts';
import { inCycles } from './schedule.ts';
import { sgdr, snapshotEnsembles } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const cycles = declare({
  key: 'cycles',
  place: 'schedule rates',
  since: 1,
  settings: [
    number('schedule.numCycles', {
      min: 1,
      max: 100,
      integer: true,
      fresh: 3,
      effect: inCycles,
      unit: units.cycles,
      paper: snapshotEnsembles,
      label: { en: 'Cycles', ru: 'Циклы' },
      why: { en: 'one snapshot each', ru: 'каждый оставляет один снимок' },
      help: {
        en: 'Each leaves one snapshot. Three to five give most of what an ensemble can give.',
        ru: 'Три–пять дают почти всё, что может дать ансамбль.',
      },
    }),
    number('schedule.cycleEpochs', {
      min: 1,
      max: 1000,
      integer: true,
      fresh: 5,
      effect: inCycles,
      unit: units.epochs,
      paper: sgdr,
      label: { en: 'Length', ru: 'Длина' },
      why: { en: 'of the first cycle', ru: 'первого цикла' },
      help: {
        en: 'Longer cycles make better single snapshots; shorter ones make more of them in the same time.',
        ru: 'Длинные циклы дают лучшие снимки, короткие — больше снимков за то же время.',
      },
    }),
    number('schedule.cycleMultiplier', {
      min: 1,
      max: 10,
      fresh: 1,
      effect: inCycles,
      unit: units.factor,
      paper: sgdr,
      label: { en: 'Growth', ru: 'Рост' },
      why: { en: 'each cycle is this much longer than the last', ru: 'каждый цикл во столько раз длиннее предыдущего' },
      help: {
        en: '2 doubles each cycle: quick early snapshots, a good last one. 1 keeps them equal, as snapshot ensembles have it.',
        ru: '2 удваивает каждый цикл: быстрые первые снимки и хороший последний. 1 — равные циклы, как в ансамблях снимков.',
      },
    }),
  ],
});
