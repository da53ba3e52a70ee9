import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { arxiv } from './papers.ts';
import { choice } from './setting.ts';

export const headStart = choice('tune.headStart', {
  options: {
    fitted: {
      en: { label: 'Solved', reason: 'on the frozen features, before anything else learns' },
      ru: { label: 'Решённая', reason: 'на замороженных признаках, прежде чем учится остальное' },
    },
    random: {
      en: { label: 'Random', reason: 'as a new layer has it' },
      ru: { label: 'Случайная', reason: 'как у нового слоя' },
    },
  },
  fresh: 'fitted',
  effect: learnsInSteps,
  paper: { name: 'Kumar et al.: Fine-Tuning can Distort Features', address: arxiv('2202.10054') },
  label: { en: 'Start of the head', ru: 'Начало головы' },
  why: {
    en: 'solved on the features first, so that a random head does not spoil the layers below',
    ru: 'решённая: голова сначала решается на признаках, чтобы случайная не испортила слои под собой',
  },
  help: {
    en: 'Leave it solved: a random head sends large wrong gradients into the layers below and spoils what they know.',
    ru: 'Лучше оставить решённой: случайная голова шлёт вниз большие неверные градиенты и портит то, что слои знают.',
  },
});

export const headInitialisation = declare({
  key: 'headStart',
  place: 'layers more',
  since: 1,
  settings: [headStart],
});
