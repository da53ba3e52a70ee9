import { plural } from '../ui/format.ts';
import type { CardWords } from './words.ts';

const counted = (n: number, one: string, few: string, many: string): string =>
  `${n} ${plural('ru', n, { one, few, many, other: few })}`;
const pictures = (n: number): string => counted(n, 'картинка', 'картинки', 'картинок');

const splits = {
  train: 'обучающие картинки (мера не честная)',
  validation: 'отложенные картинки (по ним выбирали)',
  test: 'контрольные картинки, открыты один раз',
  outOfFold: 'обучающие картинки, каждую судила сеть, которая её не видела',
};

export const russian: CardWords = {
  summary: (facts) =>
    `Различает картинки, классов: ${facts.classes}. Это среднее, сетей: ${facts.networks} (${facts.architecture}). ` +
    `Обучено в Anneal (рецепт ${facts.preset}), начало: ${facts.backbone}, ${pictures(facts.pictures)} из папки «${facts.folder}»${facts.day === null ? '' : `, ${facts.day}`}.`,
  titles: {
    classes: 'Классы',
    accuracy: 'Точность',
    limits: 'Границы',
    pictures: 'Картинки',
    network: 'Сеть',
    training: 'Обучение',
    input: 'Как картинка становится входом',
    use: 'Использование',
    configuration: 'Настройки',
  },
  classOrder: 'В порядке выходов; имена как у папок, в естественном порядке.',
  accuracyColumns: ['точность', '95 % интервал (Уилсон)', 'на чём измерена'],
  test: 'Ансамбль, контроль',
  ensemble: 'Ансамбль',
  member: (name, share) => `${name}, доля ${share}`,
  interval: (low, high) => `от ${low} до ${high}`,
  measuredOn: (n, split) => `${splits[split]}: ${n}`,
  notMeasured: 'Для этих участников не измерена.',
  noTest: 'Для этих участников контроля не было: по числам выше делали выбор, они могут льстить.',
  testOfOthers: (names, accuracy) => `Контроль открывали для других участников (${names}: ${accuracy}).`,
  limits: (inputSize) => [
    'Модель знает только классы выше: любая картинка получит один из них, что бы на ней ни было. Низкая вероятность предупреждает, высокая ничего не доказывает.',
    'Точность верна для картинок, похожих на обучающие: та же камера, фон, время года.',
    `Сеть видит ${inputSize} × ${inputSize} пикселей середины; то, что там меньше нескольких пикселей или лежит снаружи, она не видит.`,
  ],
  dataset: (count, version, contentHash) => `${pictures(count)}, версия набора ${version}, хеш \`${contentHash}\``,
  trainingPictures: (count, contentHash) => `${pictures(count)} для обучения и выбора, хеш \`${contentHash}\``,
  split: (train, validation, test) => `обучающие: ${train}, отложенные: ${validation}, контрольные: ${test}`,
  backbone: (name, architecture) => `Основа ${name}, архитектура ${architecture}`,
  weights: (licence, source) => `Готовые веса: ${licence}, ${source}`,
  membersAveraged: (members) => `Участники: ${members}; их вероятности усредняются`,
  calibrated: (temperature) =>
    `Вероятности откалиброваны по отложенным картинкам: логиты каждого участника делятся на температуру ${temperature} перед softmax`,
  recipe: (preset, seed, batchSize) => `Рецепт ${preset}, зерно ${seed}, по ${pictures(batchSize)} в пачке`,
  fineTuned: (schedule, peak, optimizer) => `Расписание ${schedule}, вершина ${peak}, оптимизатор ${optimizer}`,
  headOnly: 'Основа заморожена; голова решена на её признаках, по одной на часть',
  seconds: (seconds) => `${seconds} с вычислений`,
  resize: (side, size, bicubic) =>
    `Повернуть по EXIF; прозрачное положить на белое; RGB, 8 бит. Короткую сторону привести к ${side}, длинную к ` +
    `floor(${side} · длинная / короткая), фильтр ${bicubic ? 'бикубический (Keys, a = −0.5)' : 'билинейный'}, со сглаживанием как в Pillow. ` +
    `Взять средний квадрат ${side} × ${side}, потом его середину ${size} × ${size}; сдвиги округляются к чётному.`,
  normalise: (mean, std) =>
    `Потом по каналам (красный, зелёный, синий): \`(value / 255 - mean) / std\`, mean ${mean}, std ${std}.`,
  noLibrary: (architecture) =>
    `\`${architecture}\` стоит на месте вашего модуля с именами из файлов safetensors: ни в timm, ни в torchvision такой сети нет.`,
};
