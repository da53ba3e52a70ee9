import type { tryIt as english } from '../en/try-it.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const members = (count: number): string =>
  `${count} ${plural('ru', count, { one: 'член', few: 'члена', other: 'членов' })}`;

export const tryIt: TextShape<typeof english> = {
  title: 'Проба',
  members: (count) => `${members(count)} ансамбля`,
  bundle: (name) => `пакет ${name}`,
  choose: 'Выбрать картинку',
  chooseFolder: 'Выбрать папку',
  paste: 'Вставить',
  camera: 'Камера',
  stopCamera: 'Выключить камеру',
  empty:
    'Перетащить картинку куда угодно, вставить, выбрать или включить камеру. Ответ вычисляется на этой машине, никуда не отправляется.',
  pasteNothing: 'В буфере обмена нет картинки.',
  pasteDenied: 'Браузер не даёт этой странице читать буфер обмена. Ctrl V или Cmd V работает.',
  picture: 'Картинка',
  answer: 'Ответ',
  thinking: 'Рассматривается картинка',
  verdicts: { sure: 'уверенно', likely: 'вероятно', notSure: 'не уверенно' },
  verdictTips: {
    sure: 'Не меньше 90 %, и все члены согласны.',
    likely: 'Не меньше 60 %, и все члены согласны.',
    notSure: 'Меньше 60 %, или члены расходятся.',
  },
  says: (votes) => {
    const [first, ...rest] = votes;
    if (!first) return '';
    const part = ([label, count]: readonly [string, number]): string => `${count} — ${label}`;
    if (rest.length === 0)
      return first[1] === 1
        ? `Единственный член отвечает: ${first[0]}.`
        : `Все ${members(first[1])} отвечают: ${first[0]}.`;
    return `Члены расходятся: ${[first, ...rest].map(part).join(', ')}.`;
  },
  time: (time) => `${time}, не отправлено`,
  frame: 'Рамка — то, что видит сеть.',
  frameWhole: 'Сеть видит картинку целиком.',
  noPreview: 'Такую картинку здесь не показать. Сеть её прочитает.',
  onlyPath: 'Здесь известно только место этого файла, поэтому картинка не показана.',
  last: 'Последние картинки',
  show: (name) => `Показать ${name}`,
  unreadable: (name) => `${name}: не прочитано`,
  slow: 'Идёт обучение: ответы приходят медленнее.',
  said: (label, percent, verdict) => `${label}, ${percent}, ${verdict}`,
  cameraDenied: {
    denied:
      'Камера не разрешена. В браузере: значок слева от адреса, «Камера», «Разрешить», затем снова «Камера». В приложении: настройки конфиденциальности системы.',
    none: 'Камера не найдена.',
    failed: 'Камеру не удалось включить. Возможно, ею занято другое приложение.',
  },
  frozen: 'Кадр остановлен. Пробел продолжает.',
  live: 'Пробел останавливает кадр.',
  freeze: 'Остановить',
  unfreeze: 'Продолжить',
  table: {
    several: 'Несколько картинок',
    title: (count, shown) => `${shown} ${plural('ru', count, { one: 'картинка', few: 'картинки', other: 'картинок' })}`,
    picture: 'Картинка',
    label: 'Ответ',
    probability: 'Вероятность',
    second: 'Второй',
    saveCsv: 'Сохранить CSV',
    close: 'Закрыть таблицу',
    copying: (done, total) => `Копируется ${done} из ${total}`,
    answering: (done, total) => `Отвечено ${done} из ${total}`,
    preparing: 'Загружается модель',
    unread: (count) =>
      `${count} ${plural('ru', count, { one: 'файл не прочитан', few: 'файла не прочитаны', other: 'файлов не прочитано' })}.`,
    csvName: 'predictions.csv',
  },
  noMembers: 'У этого запуска ещё нет снимков, пробовать нечего.',
  showRun: 'Показать запуск',
};
