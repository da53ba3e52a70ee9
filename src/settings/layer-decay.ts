import { all, is } from './conditions.ts';
import { declare } from './declaration.ts';
import { groupScales } from './group-scales.ts';
import { learnsInSteps } from './regime.ts';
import { ulmfit } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const layerDecay = declare({
  key: 'layerDecay',
  place: 'layers rates',
  since: 1,
  settings: [
    number('tune.layerDecay', {
      min: 0.05,
      max: 1,
      fresh: 1,
      off: 1,
      effect: all(learnsInSteps, is(groupScales, null)),
      unit: units.factorAGroup,
      paper: ulmfit,
      label: { en: 'Layer decay', ru: 'Спад по слоям' },
      why: {
        en: 'learning rate falls by this factor from each group to the one below it',
        ru: 'темп обучения падает во столько раз от каждой группы к той, что под ней',
      },
      help: {
        en: 'Lower keeps the shallow layers nearer to what they learned before. 0.65–0.9 is usual; 1 gives all layers the same rate.',
        ru: 'Чем меньше, тем ближе нижние слои к тому, что уже знают. Обычно 0,65–0,9; 1 — всем слоям один темп.',
      },
    }),
  ],
});
