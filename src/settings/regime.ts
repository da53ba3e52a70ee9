import { isNot } from './conditions.ts';
import { declare } from './declaration.ts';
import { choice } from './setting.ts';

export const regime = choice('tune.regime', {
  options: {
    head: {
      en: { label: 'The head', reason: 'all layers frozen; solved exactly, one head a fold' },
      ru: { label: 'Голова', reason: 'все слои заморожены; решается точно, по голове на блок' },
    },
    upper: {
      en: { label: 'The upper layers', reason: 'the deeper half of the layer groups' },
      ru: { label: 'Верхние слои', reason: 'верхняя половина групп слоёв' },
    },
    all: {
      en: { label: 'All layers', reason: 'shallow ones slower' },
      ru: { label: 'Все слои', reason: 'нижние медленнее' },
    },
    scratch: {
      en: { label: 'From scratch', reason: 'everything, from random weights' },
      ru: { label: 'С нуля', reason: 'всё, от случайных весов' },
    },
  },
  fresh: 'head',
  label: { en: 'What learns', ru: 'Что учится' },
  why: { en: 'how deep training reaches into the network', ru: 'как глубоко обучение уходит в сеть' },
  help: {
    en: 'Few pictures: the head alone. Some thousands: the upper layers. Many, or pictures unlike photographs: all layers.',
    ru: 'Мало картинок — одна голова. Несколько тысяч — верхние слои. Много картинок или картинки не похожи на фотографии — все слои.',
  },
});

/** Layers move in steps of an optimizer; a head alone on frozen features is solved. */
export const learnsInSteps = isNot(regime, 'head');

export const tuning = declare({
  key: 'regime',
  place: 'layers regime',
  since: 1,
  settings: [regime],
});
