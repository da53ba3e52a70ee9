import type { head as english } from '../en/head.ts';
import type { Translation } from '../table.ts';

export const head = {
  'head.rowsMismatch': (p) => ({
    message: 'Признаки, метки и веса классификатора относятся к разным картинкам.',
    expected: `одна строка или вес на метку, всего ${p['labels']}`,
    received: `чисел: ${p['received']}`,
  }),
  'head.noRows': (p) => ({
    message: 'В одном из блоков не остаётся картинок для обучения.',
    received: `всего картинок: ${p['rows']}`,
    hint: 'Уменьшить data.folds или добавить картинок.',
  }),
} satisfies Translation<typeof english>;
