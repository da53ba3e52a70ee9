import { is, isNot } from './conditions.ts';
import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { sgdr } from './papers.ts';
import { choice, number } from './setting.ts';
import { units } from './units.ts';

/** The functions stand in src/schedules/. */
export const scheduleName = choice('schedule.name', {
  options: {
    constant: {
      en: { label: 'Constant', reason: 'the baseline' },
      ru: { label: 'Постоянное', reason: 'точка отсчёта' },
    },
    linear: {
      en: { label: 'Linear', reason: 'a straight line down' },
      ru: { label: 'Линейное', reason: 'по прямой вниз' },
    },
    cosine: {
      en: { label: 'Cosine', reason: 'half a wave down' },
      ru: { label: 'Косинус', reason: 'полволны вниз' },
    },
    step: {
      en: { label: 'Steps', reason: 'drops at given places' },
      ru: { label: 'Ступени', reason: 'падения в заданных местах' },
    },
    sgdr: {
      en: { label: 'Warm restarts', reason: 'cycles, a snapshot at the end of each' },
      ru: { label: 'Тёплые перезапуски', reason: 'циклы, в конце каждого снимок' },
    },
  },
  fresh: 'sgdr',
  effect: learnsInSteps,
  paper: sgdr,
  label: { en: 'Schedule', ru: 'Расписание' },
  why: {
    en: 'warm restarts leave a snapshot at the end of each cycle',
    ru: 'с тёплыми перезапусками в конце каждого цикла остаётся снимок',
  },
  help: {
    en: 'Restarts give several networks for the price of one run. The others give one good network; constant is the baseline to beat.',
    ru: 'Перезапуски дают несколько сетей по цене одного обучения. Остальные — одну хорошую сеть; постоянный темп — то, что надо превзойти.',
  },
});

export const inCycles = is(scheduleName, 'sgdr');

export const schedule = declare({
  key: 'schedule',
  place: 'schedule rates',
  since: 1,
  settings: [
    scheduleName,
    number('schedule.epochs', {
      min: 1,
      max: 10_000,
      integer: true,
      fresh: 20,
      effect: isNot(scheduleName, 'sgdr'),
      unit: units.epochs,
      label: { en: 'Epochs', ru: 'Эпохи' },
      why: {
        en: 'length of every schedule but warm restarts, whose length follows from its cycles',
        ru: 'длина любого расписания, кроме перезапусков: там её задают циклы',
      },
      help: {
        en: 'Double it while validation still rises at the end.',
        ru: 'Удвоить, если в конце отложенная точность ещё растёт.',
      },
    }),
  ],
});
