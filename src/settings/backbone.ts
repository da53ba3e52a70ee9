import { declare } from './declaration.ts';
import { text } from './setting.ts';

export const backbone = text('model.backbone', {
  fresh: 'auto',
  label: { en: 'Backbone', ru: 'Основа' },
  why: {
    en: 'the network to start from; automatic compares those on this machine out of fold',
    ru: 'сеть из списка моделей; «автоматически» сравнивает по блокам те, что есть на этой машине',
  },
  help: {
    en: 'A larger network sees more and trains slower. Automatic tries those on this machine with frozen layers and takes the best on your pictures.',
    ru: 'Большая сеть видит больше и учится медленнее. «Автоматически» пробует имеющиеся сети с замороженными слоями и берёт лучшую на ваших картинках.',
  },
});

export const backboneChoice = declare({
  key: 'backbone',
  place: 'backbone network',
  since: 1,
  settings: [backbone],
});
