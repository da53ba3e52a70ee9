import { isNot } from './conditions.ts';
import { declare } from './declaration.ts';
import { regime } from './regime.ts';
import { toggle } from './setting.ts';

export const heldOutChoice = declare({
  key: 'heldOutChoice',
  place: 'pictures parts',
  since: 3,
  settings: [
    toggle('data.heldOutChoice', {
      fresh: true,
      off: false,
      effect: isNot(regime, 'scratch'),
      label: { en: 'Held-out pictures choose', ru: 'Выбирают отложенные картинки' },
      why: {
        en: 'the folder’s own validation part chooses backbone and L2, and fine-tuning stays only where it beats the frozen backbone',
        ru: 'сеть и L2 выбирает проверочная часть папки, а дообучение остаётся, только если оно лучше замороженной сети',
      },
      help: {
        en: 'Leave it on. Off, folds of the training part choose even beside a validation part, and fine-tuning on a validation part is kept whatever it does.',
        ru: 'Лучше не выключать. Иначе и рядом с проверочной частью выбирают блоки обучающей, а дообучение остаётся, что бы ни дало.',
      },
    }),
  ],
});
