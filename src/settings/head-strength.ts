import { any, is } from './conditions.ts';
import { declare } from './declaration.ts';
import { headStart } from './head-start.ts';
import { regime } from './regime.ts';
import { numbers } from './setting.ts';
import { units } from './units.ts';

export const headStrength = declare({
  key: 'headStrength',
  place: 'layers more',
  since: 1,
  settings: [
    numbers('tune.l2Grid', {
      min: 0,
      max: 1e6,
      least: 1,
      fresh: [1e-4, 1e-3, 1e-2, 1e-1, 1],
      effect: any(is(regime, 'head'), is(headStart, 'fitted')),
      unit: units.lambda,
      label: { en: 'Candidates for λ', ru: 'Пробуемые λ' },
      why: {
        en: 'candidates for the head on cached features; chosen out of fold',
        ru: 'для головы на сохранённых признаках; выбирается перекрёстно',
      },
      help: {
        en: 'Widen the list when the chosen value lies at its end: the run says which was chosen.',
        ru: 'Расширить список, если выбрано крайнее значение: какое выбрано, сказано в запуске.',
      },
    }),
  ],
});
