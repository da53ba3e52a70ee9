import { declare } from './declaration.ts';
import { inCycles } from './schedule.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const peakDecay = declare({
  key: 'peakDecay',
  place: 'schedule rates',
  since: 1,
  settings: [
    number('schedule.peakDecay', {
      min: 0.01,
      max: 1,
      fresh: 1,
      off: 1,
      effect: inCycles,
      unit: units.factorACycle,
      label: { en: 'Peak falls by', ru: 'Спад пика' },
      why: { en: 'peak falls by this factor with each cycle', ru: 'с каждым циклом пик падает во столько раз' },
      help: {
        en: 'Below 1 later cycles stay nearer to the network before them: less diverse, each a little better.',
        ru: 'Меньше 1 — поздние циклы ближе к предыдущей сети: меньше разнообразия, каждый чуть лучше.',
      },
    }),
  ],
});
