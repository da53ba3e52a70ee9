import { plural } from '../format.ts';
import type { common as english } from '../en/common.ts';
import type { TextShape } from '../shape.ts';

export const common: TextShape<typeof english> = {
  undo: 'Отменить',
  cancel: 'Прервать',
  nothingMatches: 'Ничего не подходит',
  close: 'Закрыть',
  asOf: (clock) => `на ${clock}`,
  trial: {
    word: 'пробный',
    why: 'Один из нескольких запусков для сравнения: его контрольные картинки отложены, и на них никто не смотрит.',
  },
  states: {
    queued: 'В очереди',
    preparing: 'Готовится',
    running: 'Идёт',
    pausing: 'Приостанавливается',
    paused: 'На паузе',
    interrupted: 'Прервано',
    failed: 'Сбой',
    cancelled: 'Остановлено, оставлено',
    finished: 'Готово',
    done: 'Сделано',
    working: 'В работе',
    open: 'Впереди',
    attention: 'Нужно решение',
  },
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
  pictureFailed: 'Эту картинку не удалось показать.',
  folders: {
    allowed: 'Папки, которые разрешено читать',
    up: 'Выше',
    atTop: 'Выше этих папок читать не разрешено.',
    choose: 'Выбрать эту папку',
    chooseFirst: 'Сначала открыть папку: Enter или двойной щелчок.',
    found: (folders, pictures) =>
      `${folders} ${plural('ru', folders, { one: 'папка', few: 'папки', other: 'папок' })}, прямо в ней ${pictures} ${plural('ru', pictures, { one: 'картинка', few: 'картинки', other: 'картинок' })}`,
  },
};
