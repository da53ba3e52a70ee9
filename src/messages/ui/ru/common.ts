import { plural } from '../format.ts';
import type { common as english } from '../en/common.ts';
import type { TextShape } from '../shape.ts';

export const common: TextShape<typeof english> = {
  undo: 'Отменить',
  cancel: 'Прервать',
  nothingMatches: 'Ничего не подходит',
  close: 'Закрыть',
  asOf: (clock) => `на ${clock}`,
  figures: {
    title: 'Рядом с точностью',
    verdicts: 'Что из этого следует',
    always: (label) => `всегда «${label}»`,
    alwaysWhy: (label) =>
      `Сколько дал бы ответ «${label}», самый частый класс, на каждую картинку: сеть должна быть лучше.`,
    logLoss: 'лог-потери',
    logLossWhy:
      'Насколько настоящие классы неожиданны для сети, 0 — ни разу: учитывается и то, насколько она уверена, а не только верен ли ответ.',
    calibration: 'ошибка калибровки',
    calibrationWhy: (temperature) =>
      `Насколько уверенность расходится с тем, как часто ответ верен, по десяти отрезкам: при 5 % из ответов с уверенностью 80 % верны 75–85 %.${temperature === '' ? '' : ` Вероятности откалиброваны температурой ${temperature}.`}`,
    balanced: 'точность по классам',
    balancedWhy: 'Среднее по классам, сколько их картинок найдено: редкий класс весит столько же, сколько частый.',
    macroF1: 'макро-F1',
    macroF1Why: 'Среднее по классам F1: и сколько картинок класса найдено, и сколько ответов этим классом верны.',
  },
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
