import { is } from './conditions.ts';
import { declare } from './declaration.ts';
import { scheduleName } from './schedule.ts';
import { number, numbers } from './setting.ts';
import { units } from './units.ts';

export const stepDecay = declare({
  key: 'stepDecay',
  place: 'schedule rates',
  since: 1,
  settings: [
    numbers('schedule.stepMilestones', {
      min: 0,
      max: 1,
      least: 0,
      fresh: [0.5, 0.75],
      effect: is(scheduleName, 'step'),
      unit: units.fractionOfAllSteps,
      label: { en: 'Drops at', ru: 'Места падения' },
      why: { en: 'where the rate drops', ru: 'где ступени понижают темп' },
      help: {
        en: 'Where the loss flattens; half and three quarters is the usual pair.',
        ru: 'Там, где потери выравниваются; обычно половина и три четверти.',
      },
    }),
    number('schedule.stepFactor', {
      min: 0.001,
      max: 1,
      fresh: 0.1,
      effect: is(scheduleName, 'step'),
      unit: units.factor,
      label: { en: 'Drop to', ru: 'Падение до' },
      why: { en: 'how far it drops', ru: 'во сколько раз ступени понижают темп' },
      help: { en: '0.1 is usual; nearer to 1 for more drops.', ru: 'Обычно 0,1; ближе к 1, если падений больше.' },
    }),
  ],
});
