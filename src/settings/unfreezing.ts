import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { inCycles } from './schedule.ts';
import { ulmfit } from './papers.ts';
import { numberOrNull, toggle } from './setting.ts';
import { units } from './units.ts';

export const unfreezing = declare({
  key: 'unfreezing',
  place: 'layers more',
  since: 1,
  settings: [
    toggle('tune.gradualUnfreezing', {
      fresh: false,
      off: false,
      effect: inCycles,
      paper: ulmfit,
      label: { en: 'Unfreeze step by step', ru: 'Размораживать постепенно' },
      why: { en: 'one more group is unfrozen with each cycle', ru: 'с каждым циклом размораживается ещё одна группа' },
      help: {
        en: 'Helps where the whole network forgets in the first epochs. It needs as many cycles as groups that learn.',
        ru: 'Помогает, когда сеть забывает всё в первые эпохи. Нужно столько циклов, сколько групп учится.',
      },
    }),
    numberOrNull('tune.freezeTo', {
      min: 0,
      max: 64,
      integer: true,
      fresh: null,
      effect: learnsInSteps,
      unit: units.layerGroups,
      label: { en: 'Frozen groups', ru: 'Заморожено групп' },
      why: {
        en: "groups below this index stay frozen; empty: the regime's own",
        ru: 'группы до этого номера заморожены; пусто: как задаёт режим',
      },
      help: {
        en: 'Freeze more when validation falls behind training, or to save time and memory; freeze less when both stay low.',
        ru: 'Заморозить больше, если отложенная выборка отстаёт от обучения или надо сберечь время и память; меньше — если обе низки.',
      },
    }),
  ],
});
