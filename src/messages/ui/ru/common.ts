import type { common as english } from '../en/common.ts';
import type { TextShape } from '../shape.ts';

export const common: TextShape<typeof english> = {
  undo: 'Отменить',
  cancel: 'Прервать',
  close: 'Закрыть',
  copy: 'Скопировать',
  copied: 'Скопировано',
  reset: 'Сбросить',
  search: 'Найти',
  details: 'Подробности',
  expected: 'Ожидалось',
  received: 'Получено',
  tryAgain: 'Повторить',
  table: 'Таблица',
  copyAsPicture: 'Скопировать как картинку',
};
