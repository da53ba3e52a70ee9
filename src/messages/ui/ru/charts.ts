import type { charts as english } from '../en/charts.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const pictures = (n: number, shown: string): string =>
  `${shown} ${plural('ru', n, { one: 'картинка', few: 'картинки', other: 'картинок' })}`;
const members = (n: number): string =>
  `${n} ${plural('ru', n, { one: 'участник', few: 'участника', other: 'участников' })}`;

export const charts: TextShape<typeof english> = {
  noData: 'Пока нечего показать',
  copied: (title) => `График «${title}» скопирован как картинка.`,
  saved: (title) => `Буфер обмена недоступен: график «${title}» сохранён в файл.`,
  copyFailed: (title) => `График «${title}» не удалось превратить в картинку.`,
  position: (title) => `${title}, положение`,
  newest: 'последнее',
  epoch: 'эпоха',
  epochAt: (epoch) => `эпоха ${epoch}`,
  time: 'время',
  snapshotAt: (number) => `снимок ${number}`,
  valueAt: (label, value) => `${label} ${value}`,
  linear: 'линейная',
  log: 'логарифм',
  scale: 'Шкала',
  rose: (what, from, to) => `${what}: рост с ${from} до ${to}`,
  fell: (what, from, to) => `${what}: снижение с ${from} до ${to}`,
  stayed: (what, at) => `${what}: без изменений, ${at}`,
  best: (value, at) => `лучшее ${value}, ${at}`,
  zoomed: (from, to) => `показано от ${from} до ${to}`,

  members: 'участники',
  memberCount: members,
  accuracy: 'Точность',
  interval: '95-процентный интервал',
  alone: 'один',
  gain: 'прибавка',
  gainShort: 'плюс',
  latency: 'мс на картинку',
  ms: 'мс',
  chosen: 'выбрано',
  onTheLine: 'на линии Парето',
  staircaseSummary: (n, first, last) => `От 1 до ${n} участников точность ансамбля меняется с ${first} до ${last}.`,
  staircaseOne: (accuracy) => `Один участник: ${accuracy}.`,
  staircasePoint: (n, name, accuracy, gain) =>
    `${members(n)}, последний ${name}: ${accuracy}${gain ? `, ${gain}` : ''}`,
  paretoSummary: (subsets, onLine, chosen) =>
    `Наборов участников: ${subsets}; на линии лучшей точности за своё время: ${onLine}. Выбран ${chosen}.`,
  paretoPoint: (names, accuracy, time) => `участники ${names}: ${accuracy}, ${time}`,
  points: (value) => `${value} п. п.`,

  imagesPerSecond: 'картинок/с здесь',
  top1: 'Top-1, по данным издателя',
  megabytes: 'Размер',
  measured: 'измерено',
  estimated: 'оценка',
  modelMap: 'Скорость здесь и опубликованная точность',
  mapSummary: (models, measured) =>
    `${models} ${plural('ru', models, { one: 'модель', few: 'модели', other: 'моделей' })} по скорости на этом компьютере и опубликованной точности, измерено здесь: ${measured}.`,
  mapPoint: (name, speed, top1, size, how) => `${name}: top-1 ${top1}, ${speed} (${how}), ${size}`,

  from: 'от',
  to: 'до',
  pictures: 'картинки',
  histogramSummary: (n, shown, all, most) =>
    `${pictures(n, shown)} от ${all.from} до ${all.to}; больше всего между ${most.from} и ${most.to}.`,
  bin: (from, to, n, shown) => `от ${from} до ${to}: ${pictures(n, shown)}`,

  trueClass: 'на самом деле',
  predictedClass: 'ответ',
  trueAndPredicted: 'Настоящий класс в строках, ответ сети в столбцах',
  cell: (row, column, n, shown) => `на самом деле ${row}, ответ ${column}, ${pictures(n, shown)}`,
  cellShare: (row, column, share) => `на самом деле ${row}, ответ ${column}, ${share} строки`,
  agreementCell: (row, column, share) => `${row} и ${column}: одинаковый ответ на ${share}`,
  takenFor: (row, column) => `${row} принимается за ${column}`,
  mostConfused: (n) => `Чаще всего путаются (${n})`,
  whole: 'Вся матрица',
  pairs: 'Чаще путаются',
  show: 'Показать',
  noMistakes: 'На этих картинках ошибок нет.',
  matrixSummary: (classes, right, of) => `Матрица ошибок, классов: ${classes}. Верно ${right} из ${of} картинок.`,
  worstPair: (row, column, n) => `Чаще всего ${row} принимается за ${column}: ${n}.`,
  agreementSummary: (low, high) => `Пары участников отвечают одинаково на ${low}–${high} картинок.`,

  snapshot: (number) => `Снимок ${number}`,
  differs: 'расходится',
  helpsNothing: 'ничего не добавляет к предыдущим',
  first: 'первый',
  switchMember: (name) => `Участник ${name}`,
  lastMember: 'Ансамблю нужен хотя бы один участник.',
  zoomIn: 'Приблизить',
  zoomOut: 'Отдалить',
  zoomReset: 'Показать всё',
};
