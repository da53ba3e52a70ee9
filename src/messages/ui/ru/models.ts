import type { models as english } from '../en/models.ts';
import { formatsOf, plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const format = formatsOf('ru');
const modelCount = (value: number): string =>
  `${format.count(value)} ${plural('ru', value, { one: 'модель', few: 'модели', other: 'моделей' })}`;

export const models: TextShape<typeof english> = {
  title: 'Модели',
  for: 'для',
  forLabel: 'Набор, для которого оценивается пригодность',
  noDataset: 'без набора',
  counts: (here, rest) =>
    rest > 0 ? `здесь ${format.count(here)}, можно загрузить ${format.count(rest)}` : `здесь ${format.count(here)}`,
  search: 'Найти модель',
  layout: 'Как показать модели',
  layouts: { cards: 'Карточки', table: 'Таблица', map: 'Карта' },
  filters: { here: 'уже здесь', small: (megabytes) => `до ${megabytes} МБ`, free: 'свободная лицензия' },
  found: (value) => `Найдено: ${modelCount(value)}`,
  nothingMatches: 'Ничего не подходит. Можно показать все модели.',
  showAll: 'Показать все',

  import: 'Импортировать файл…',
  importTip: 'Веса PyTorch, timm или safetensors; сеть узнаётся по содержимому.',
  imported: (title, architecture) => `Импортировано: ${title}, сеть ${architecture}. Голова будет заменена.`,
  use: (title) => `Взять ${title}`,
  useNone: 'Взять модель',
  nothingHere: 'На этой машине ещё нет моделей. Сначала загрузить одну.',
  pullFirst: (bytes) => `Её ещё нет на этой машине. Сначала загрузить${bytes ? `: ${bytes}` : ''}.`,
  chooseDataset: 'Сначала выбрать набор картинок для обучения.',

  here: 'здесь',
  embedded: 'входит в Anneal',
  pull: (bytes) => (bytes ? `Загрузить ${bytes}` : 'Загрузить'),
  pulling: (title) => `Загружается ${title}`,
  pulled: (title) => `${title} загружена.`,
  fetched: (done, total) => `${done} из ${total}`,
  paused: (amount) => `На паузе: ${amount}`,
  verifying: 'Сверка с опубликованным файлом',
  pause: 'Пауза',
  goOn: 'Продолжить',
  needsConnection: 'Нужна сеть.',
  offline: (here) => `Нет соединения. На этой машине есть ${modelCount(here)}; для остальных нужна сеть.`,

  fit: (word, reason) => `${word}. ${reason}`,
  fits: { good: 'Подходит', works: 'Годится', poor: 'Не подходит' },
  top1: (accuracy) => `${accuracy} top-1, по данным автора`,
  noTop1: 'top-1 не опубликована',
  measured: (rate) => `${rate} картинок/с, измерено здесь`,
  estimated: (rate) => `~${rate} картинок/с, оценка`,
  noSpeed: 'скорость ещё не измерена',
  measure: 'Измерить',
  measureTip: 'Измерить скорость сети на этой машине: около 20 с.',
  measuring: 'Измеряется на этой машине, около 20 с',
  remove: 'Удалить',
  removed: (title) => `Удалена модель ${title}.`,
  importAgain: (title) => `Файл модели ${title} уже удалён. Её можно импортировать заново оттуда, где она была.`,
  embeddedStays: 'Входит в Anneal и остаётся.',

  columns: {
    title: 'Модель',
    here: 'Здесь',
    fit: 'Пригодность',
    top1: 'Top-1',
    speed: 'Скорость',
    speedShort: 'Картинок/с',
    parameters: 'Параметры',
    inputSize: 'Вход',
    inputShort: 'Вход, пкс',
    bytes: 'Файл',
    licence: 'Лицензия',
  },
  top1Tip: 'На ImageNet, по данным автора.',
  speedTip: 'На этой машине; ~ значит оценка.',
  architecture: 'Сеть',
  source: 'Источник',
  paper: 'Статья',
  openPaper: 'Открыть статью',
  layerGroups: (value) =>
    `${format.count(value)} ${plural('ru', value, { one: 'группа слоёв', few: 'группы слоёв', other: 'групп слоёв' })}, от мелких к глубоким`,
  mapEmpty: 'Здесь будут скорость и точность, когда на этой машине измерят хотя бы одну модель.',
  measureOne: (title) => `Измерить ${title}`,
  mapHelp: 'Пустой круг: оценка. Полный: измерено на этой машине. Площадь: размер файла.',
  notOnMap: (value) =>
    `Не на карте: ${modelCount(value)}, скорость или точность неизвестна. Пустой круг: оценка. Полный: измерено здесь.`,
};
