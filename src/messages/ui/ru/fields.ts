import type { fields as english } from '../en/fields.ts';
import type { TextShape } from '../shape.ts';

export const fields: TextShape<typeof english> = {
  form: {
    about: (label) => `Когда менять: ${label}`,
    resetTo: (label, value) => `Сбросить «${label}»: ${value}`,
    byDefault: (value) => `По умолчанию ${value}.`,
    less: (label) => `Меньше: ${label}`,
    more: (label) => `Больше: ${label}`,
    needs: (expected) => `Нужно ${expected}.`,
    use: (value) => `Взять ${value}`,
    empty: 'пусто',
    on: 'да',
    off: 'нет',
  },
  expected: {
    whole: (low, high) => `целое от ${low} до ${high}`,
    number: (low, high) => `число от ${low} до ${high}`,
    list: (each) => `список, в нём ${each}`,
    choice: (options) => `одно из: ${options}`,
    onOrOff: 'да или нет',
    text: 'текст',
    orEmpty: (expected) => `${expected} или ничего`,
  },
};
