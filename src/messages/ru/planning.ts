import type { ErrorParams } from '../../base/errors.ts';
import type { planning as english } from '../en/planning.ts';
import type { Translation } from '../table.ts';
import { formatsOf } from '../ui/format.ts';
import { counted } from './counted.ts';
import { gigabytes } from './gigabytes.ts';

type Value = ErrorParams[string] | undefined;

const format = formatsOf('ru');
const time = (seconds: Value): string => (typeof seconds === 'number' ? format.about(seconds) : 'неизвестно сколько');
const pictures = (value: Value): string =>
  counted(value, 'обучающая картинка', 'обучающие картинки', 'обучающих картинок');
const snapshots = (value: Value): string => counted(value, 'снимок', 'снимка', 'снимков');

export const planning = {
  'plan.memory': (p) => ({
    message: `Нужно около ${gigabytes(p['needed'])} памяти, свободно ${gigabytes(p['free'])}.`,
    expected: `не больше ${gigabytes(p['free'])}`,
    received: `около ${gigabytes(p['needed'])}`,
    hint: 'Уменьшить пакет или сторону картинки либо заморозить больше слоёв.',
  }),
  'plan.disk': (p) => ({
    message: `Нужно около ${gigabytes(p['needed'])} на диске, свободно ${gigabytes(p['free'])}.`,
    expected: `не больше ${gigabytes(p['free'])}`,
    received: `около ${gigabytes(p['needed'])}`,
    hint: 'Освободить место, очистить запас в настройках или взять меньше видов.',
  }),
  'plan.viewsNeedFrozen': () => ({
    message: 'Запасённые виды нужны замороженным слоям, а здесь учатся все: картинки остались бы без изменений.',
    expected: 'online или none',
    received: 'cachedViews',
    hint: 'Взять online или заморозить часть слоёв.',
  }),
  'plan.becauseFew': (p) => ({
    message: `${pictures(p['pictures'])} — это мало: меньше ${format.count(Number(p['below']))} одна отложенная часть была бы почти случайной, поэтому судят блоки, а учатся все картинки.`,
  }),
  'plan.becauseEnough': (p) => ({
    message: `${pictures(p['pictures'])} — довольно, чтобы доучить верхние слои, но не всю сеть.`,
  }),
  'plan.becauseMany': (p) => ({
    message: `${pictures(p['pictures'])} — довольно, чтобы доучить все слои.`,
  }),
  'plan.becauseSlow': (p) => ({
    message: `${pictures(p['pictures'])} хватило бы, чтобы доучить верхние слои, но время на этой машине — ${time(p['seconds'])}.`,
  }),
  'plan.becauseNothingInstalled': () => ({
    message: 'На этой машине нет готовых сетей, поэтому начать можно лишь со случайных весов.',
  }),
  'plan.doesQuick': (p) => ({
    message: `Все слои ${p['backbone']} заморожены; на её признаках решаются и усредняются головы: ${p['snapshots']}.`,
  }),
  'plan.doesBalanced': (p) => ({
    message: `Все группы слоёв ${p['backbone']} (${p['groups']}) учатся несколько эпох, нижние медленнее; из того, что дадут циклы (${snapshots(p['snapshots'])}), остаётся то, что помогает и лучше замороженной сети.`,
  }),
  'plan.doesThorough': (p) => ({
    message: `Учатся все группы слоёв ${p['backbone']} (${p['groups']}), нижние медленнее; из того, что дадут циклы (${snapshots(p['snapshots'])}), усредняется то, что помогает.`,
  }),
  'plan.doesScratch': (p) => ({
    message: `${p['backbone']} учится с нуля, длинных циклов: ${p['snapshots']}; лучшие снимки усредняются.`,
  }),
  'plan.forQuick': () => ({
    message:
      'Меньше нескольких сотен картинок или для первого взгляда: сеть остаётся как есть, решаются только головы.',
  }),
  'plan.forBalanced': () => ({
    message:
      'От сотен до тысяч картинок: все слои немного доучиваются, и остаётся лишь то, что лучше замороженной сети.',
  }),
  'plan.forThorough': () => ({
    message: 'Много картинок и свободный вечер: все слои доучиваются дольше, снимков больше и они разнообразнее.',
  }),
  'plan.forScratch': () => ({
    message: 'Маленькие картинки, не похожие на фотографии: небольшая сеть без готовых весов.',
  }),
} satisfies Translation<typeof english>;
