import type { exporting as english } from '../en/exporting.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const count = (n: number, one: string, few: string, many: string): string =>
  `${n} ${plural('ru', n, { one, few, many, other: few })}`;

export const exporting: TextShape<typeof english> = {
  title: 'Экспорт',
  run: (number, name) => `запуск ${number} ${name}`,
  memberCount: (n) => count(n, 'участник', 'участника', 'участников'),
  inUse: 'Участники',
  of: (n, split) => `${split}: ${n}`,
  chooseMembers: 'Выбрать в ансамбле',
  splits: {
    train: 'обучающие картинки',
    validation: 'отложенные картинки',
    test: 'контрольные картинки',
    outOfFold: 'обучающие картинки, каждую судила сеть, которая её не видела',
  },
  formatList: 'Формат',
  readers: (programs) => `Читают: ${programs}.`,
  onlyNative: 'Его пишет только родной TensorFlow, а здесь он не работает.',
  size: (each, members) => (members === 1 ? `Около ${each}.` : `Около ${each} на участника, сверх общего для всех.`),
  sample: 'Пример программы',
  sampleNote: 'С вашими метками.',
  steps: { write: 'Записать', load: 'Загрузить снова', compare: 'Сравнить' },
  stepState: { open: 'впереди', working: 'идёт', done: 'готово', failed: 'не вышло' },
  working: (step) => `${step}…`,
  cancelled: 'Экспорт прерван. Файла не осталось.',
  verified: (pictures, largest, limit) =>
    `Проверено, картинок ${pictures}: наибольшая разница ${largest}, предел ${limit}`,
  verifiedEqual: (pictures) => `Проверено, картинок ${pictures}: ни один ответ не отличается`,
  verifiedChoices: (pictures, same) => `Проверено, картинок ${pictures}: первый ответ тот же у ${same}`,
  seal: (pictures, largest, limit) =>
    `Разницы между запуском и записанной моделью, картинок ${pictures}: все ниже предела ${limit}, наибольшая ${largest}.`,
  sealChoices: (pictures, same) =>
    `Разницы между запуском и записанной моделью, которая сама меняет размер, картинок ${pictures}; первый ответ тот же у ${same}.`,
  stamp: 'проверено',
  stampChoices: 'ответ тот же',
  limit: (value) => `предел ${value}`,
  none: 'без разницы',
  done: (file) => `${file}: записано и проверено.`,
  openFolder: 'Открыть папку',
  download: 'Загрузить',
  copyHash: (hash) => `Скопировать хеш ${hash}`,
  refused: 'Картинка с наибольшей разницей',
  refusedRun: (label, probability) => `запуск: ${label} ${probability}`,
  refusedExport: (label, probability) => `запись: ${label} ${probability}`,
  earlier: 'Прежние записи',
  noneYet: 'Из этого запуска ещё ничего не записывали.',
  columns: {
    format: 'Формат',
    file: 'Файл',
    size: 'Размер',
    made: 'Когда',
    check: 'Наибольшая разница',
    hash: 'SHA-256',
  },
  gone: 'больше нет',
  card: {
    title: 'Карточка модели',
    open: 'Карточка модели',
    purpose: 'Страница для других: что модель знает, насколько хороша, из чего сделана.',
    save: 'Сохранить как Markdown',
    close: 'Закрыть карточку модели',
  },
  tryIt: 'Сначала проба',
};
