import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { number } from './setting.ts';
import { units } from './units.ts';

export const dropout = declare({
  key: 'dropout',
  place: 'backbone input',
  since: 1,
  settings: [
    number('model.dropout', {
      min: 0,
      max: 0.9,
      fresh: 0,
      off: 0,
      effect: learnsInSteps,
      unit: units.probability,
      paper: { name: 'Hinton et al.: Preventing Co-adaptation', address: arxiv('1207.0580') },
      label: { en: 'Dropout', ru: 'Прореживание' },
      why: {
        en: 'before the classifier; helps when training accuracy runs far ahead of validation',
        ru: 'перед классификатором; помогает, когда точность на обучении далеко впереди отложенной',
      },
      help: {
        en: 'Raise it to 0.2–0.5 when training accuracy runs far ahead of validation. With few epochs it mostly slows learning.',
        ru: 'Поднять до 0,2–0,5, когда обучение далеко впереди отложенной выборки. При немногих эпохах чаще лишь замедляет.',
      },
    }),
  ],
});
