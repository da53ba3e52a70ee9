import { declare } from './declaration.ts';
import { text } from './setting.ts';

export const backbone = text('model.backbone', {
  fresh: 'auto',
  words: {
    en: {
      label: 'Backbone',
      why: 'the network to start from; automatic compares those on this machine out of fold',
      help: 'A larger network sees more and trains slower. Automatic tries those on this machine with frozen layers and takes the best on your pictures.',
    },
    ru: {
      label: 'Основа',
      why: 'сеть из списка моделей; «автоматически» сравнивает по блокам те, что есть на этой машине',
      help: 'Большая сеть видит больше и учится медленнее. «Автоматически» пробует имеющиеся сети с замороженными слоями и берёт лучшую на ваших картинках.',
    },
  },
});

export const backboneChoice = declare({
  key: 'backbone',
  place: 'backbone network',
  since: 1,
  settings: [backbone],
});
