import type { start as english } from '../en/start.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

export const start: TextShape<typeof english> = {
  title: 'Превратить папку картинок в сеть',
  subtitle: 'Подпапка — класс. Картинки остаются на месте и никогда не меняются.',
  drop: 'Перетащить папку в любое место этого окна',
  choose: 'Выбрать папку',
  sample: 'Открыть пример',
  recent: 'Недавние',
  classes: (count) => `${count} ${plural('ru', count, { one: 'класс', few: 'класса', other: 'классов' })}`,
  pictures: (count, shown) =>
    `${shown} ${plural('ru', count, { one: 'картинка', few: 'картинки', other: 'картинок' })}`,
  best: (accuracy) => `лучшее ${accuracy}`,
  running: (run) => `идёт ${run}`,
  open: 'Открыть',
  more: (name) => `Ещё для ${name}`,
  remove: 'Убрать из списка',
  removed: (name) => `${name} больше не в списке. Папка не тронута.`,
  notFound: (path) => `Не найдено: ${path}.`,
  locate: 'Указать, где…',
  firstRun: {
    title: 'Нет картинок под рукой?',
    text: 'Пример — небольшой набор картинок в нескольких классах, нарисованный на этой машине. С ним можно пройти весь путь за минуты.',
  },
  opening: {
    copying: (files, bytes) => `Копируются файлы: ${files}, ${bytes}`,
    copied: (done, total) => `${done} из ${total} файлов`,
    listing: (name, files) => `Просмотр папки ${name}, найдено файлов: ${files}`,
    reading: (done, total) => `Прочитано ${done} из ${total} файлов`,
    sample: 'Рисуется пример',
    begin: (name) => `Открывается ${name}`,
    failed: (name) => `${name}: не открыто`,
    chooseOther: 'Выбрать другую папку',
    dismiss: 'Убрать',
  },
  compute: {
    title: 'Вычисления',
    checking: 'Проверка',
    checkingText: 'Выясняется, что может эта машина.',
    ready: 'Готово',
    runtime: (version, threads) =>
      `TensorFlow ${version} · ${threads} ${plural('ru', threads, { one: 'поток', few: 'потока', other: 'потоков' })}`,
    devices: (devices) => `Считает на ${devices}.`,
    step: (time) => `Пробный шаг занимает ${time}.`,
    limited: 'Ограничено',
    limitedText: 'Без родной среды можно обучать только с замороженной основой.',
    missing: 'Не установлено',
    missingText: 'Среда вычислений не установлена. Всё, кроме обучения, уже работает.',
    failed: 'Не установлено',
    stillWorks: 'Всё, кроме обучения, уже работает.',
    setUp: 'Установить',
    settingUp: 'Установка',
  },
};
