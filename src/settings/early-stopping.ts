import { declare } from './declaration.ts';
import { inCycles } from './schedule.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const earlyStopping = declare({
  key: 'earlyStopping',
  place: 'schedule ensemble',
  since: 1,
  settings: [
    number('stop.patienceCycles', {
      min: 0,
      max: 100,
      integer: true,
      fresh: 0,
      off: 0,
      effect: inCycles,
      unit: units.cycles,
      label: { en: 'Stop after', ru: 'Остановить после' },
      why: {
        en: '0: never; else stop when validation has not improved for so many cycles, best weights restored',
        ru: '0: никогда; иначе остановиться, если отложенная точность не росла столько циклов, и вернуть лучшие веса',
      },
      help: {
        en: 'Saves time when you ask for many cycles and do not know how many help. 2 is a patient choice.',
        ru: 'Бережёт время, когда циклов много и неизвестно, сколько из них помогут. 2 — терпеливый выбор.',
      },
    }),
  ],
});
