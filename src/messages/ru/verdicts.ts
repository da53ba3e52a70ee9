import type { ErrorParams } from '../../base/errors.ts';
import type { verdicts as english } from '../en/verdicts.ts';
import type { Translation } from '../table.ts';
import { counted } from './counted.ts';

const percent = (value: unknown) => `${(100 * Number(value)).toFixed(1).replace('.', ',')} %`;
const kinds: Readonly<Record<string, string>> = {
  validation: ' отложенной выборки',
  test: ' контрольной выборки',
  train: ' обучающей выборки',
};

/** «из 265 картинок контрольной выборки»: в родительном падеже. */
const ofPictures = ({ n, split }: ErrorParams) =>
  `${counted(n, 'картинки', 'картинок', 'картинок')}${kinds[String(split)] ?? ''}`;

const ordinals = [
  'первый',
  'второй',
  'третий',
  'четвёртый',
  'пятый',
  'шестой',
  'седьмой',
  'восьмой',
  'девятый',
  'десятый',
];
const genitives = [
  'ни одного',
  'одного',
  'двух',
  'трёх',
  'четырёх',
  'пяти',
  'шести',
  'семи',
  'восьми',
  'девяти',
  'десяти',
];
const ordinal = (n: unknown) => ordinals[Number(n) - 1] ?? `${String(n)}-й`;
const genitive = (n: unknown) => genitives[Number(n)] ?? String(n);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const isAbove = (p: ErrorParams) => Number(p['accuracy']) > Number(p['rate']);

export const verdicts = {
  'verdict.noBetterThanConstant': (p) => ({
    message:
      `Не лучше${isAbove(p) ? ' сверх случайности' : ''}, чем всегда отвечать «${String(p['label'])}»: это ${percent(p['rate'])} из ` +
      `${ofPictures(p)}, а сеть права на ${percent(p['accuracy'])}.`,
    hint: 'Посмотреть, какие картинки путаются; может помочь больше картинок редких классов или веса классов.',
  }),
  'verdict.tooFewToTell': (p) => ({
    message:
      `Картинок слишком мало, чтобы отличить сеть от ответа «${String(p['label'])}» на всё: другого только ` +
      `${String(p['others'])} из ${ofPictures(p)}.`,
  }),
  'verdict.alwaysOneClass': (p) => ({
    message: `Сеть всегда отвечает «${String(p['label'])}», какой бы ни была картинка: так на всех из ${ofPictures(p)}.`,
    hint: 'Более низкий пик темпа или быстрая цель дают сеть, которая на картинки смотрит.',
  }),
  'verdict.neverFound': (p) => ({
    message: `Полнота «${String(p['label'])}» 0 из ${ofPictures(p)}: сеть этот класс не находит никогда.`,
    hint: 'Помогают картинки этого класса, веса классов или уравненный порядок картинок.',
  }),
  'verdict.betterAlone': (p) => ({
    message:
      `${capital(ordinal(p['number']))} снимок один лучше среднего всех ${genitive(p['members'])}: ${percent(p['alone'])} против ` +
      `${percent(p['together'])} из ${ofPictures(p)}.`,
  }),
  'verdict.addsNothing': (p) => ({
    message:
      Number(p['dropped']) > 1
        ? `Снимки с ${String(p['from'])} по ${String(p['to'])} сверх случайности ничего не добавляют; достаточно ${genitive(p['keep'])}.`
        : `${capital(ordinal(p['from']))} снимок сверх случайности ничего не добавляет; достаточно ${genitive(p['keep'])}.`,
  }),
} satisfies Translation<typeof english>;
