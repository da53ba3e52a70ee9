import type { ensemble as english } from '../en/ensemble.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const membersOf = (n: number): string =>
  `${n} ${plural('ru', n, { one: 'участник', few: 'участника', other: 'участников' })}`;
const ofSplit = {
  train: 'обучающей выборки',
  validation: 'отложенной выборки',
  test: 'контрольной выборки',
  outOfFold: 'вне своей части',
} as const;

export const ensemble: TextShape<typeof english> = {
  title: 'Ансамбль',
  of: (n, shown, split) => `из ${shown} ${plural('ru', n, { one: 'картинки', other: 'картинок' })} ${ofSplit[split]}`,
  latency: 'на картинку',
  disagreement: 'пары расходятся',
  bestSingle: 'лучший один',
  choose: 'Выбрать за меня',
  use: (n) => `Использовать эти ${n}`,
  useOne: 'Использовать этого',
  inUse: '«Проба» и «Экспорт» уже используют этих участников.',
  notFinished: 'Участников можно закрепить, когда запуск завершится.',
  fixed: (n) => `«Проба» и «Экспорт» теперь используют ${membersOf(n)}.`,

  members: 'Участники',
  foldsWhy: 'Каждая голова проверена на картинках, на которых не обучалась. Предсказание усредняет всех включённых.',
  steps: 'Порядок выбора',
  step: (label, accuracy) => `+${label}: ${accuracy}`,
  stepAgain: (label, accuracy) => `+${label} ещё раз: ${accuracy}`,

  staircase: 'Лестница',
  staircaseTitle: 'Ансамбль по участникам',
  pareto: 'Задержка',
  paretoTitle: 'Точность и задержка',
  view: 'Вид',
  agreement: 'Согласие',
  agreementOne: 'С одним участником соглашаться не с кем.',
  confusion: 'Матрица ошибок',
  counts: 'числа',
  percent: '% строки',
  cells: 'В ячейках',

  test: {
    title: 'Контрольная выборка',
    sealed: (shown) => `Запечатана: ${shown} картинок, которых ещё никто не видел.`,
    open: 'Открыть…',
    none: 'Картинок для контроля не отложено.',
    belongs: (members) => `относится к участникам ${members}`,
    belongsOne: (member) => `относится к участнику ${member}`,
    openedAt: (moment) => `открыта ${moment}`,
    of: (shown) => `из ${shown} контрольных картинок`,
    fixFirst: 'Сначала закрепить участников залитой кнопкой: контрольная выборка открывается для них.',
    dialogTitle: 'Открыть контрольную выборку',
    dialog:
      'Контрольная выборка открывается для запуска один раз. Она показывает, как сеть справится с новыми картинками, и перестаёт быть честной, если по ней выбирать.',
    forMembers: (members) => `Она будет открыта для участников ${members}.`,
    forMember: (member) => `Она будет открыта для участника ${member}.`,
    confirm: 'Открыть выборку',
  },

  perClass: 'По классам',
  class: 'Класс',
  precision: 'Точность ответа',
  recall: 'Полнота',
  pictures: 'Картинки',
  precisionTip: 'Доля верных среди картинок, названных этим классом',
  recallTip: 'Доля найденных среди картинок этого класса',

  worst: 'Худшие картинки',
  worstWhy: 'Картинки, чей настоящий класс получил наименьшую вероятность; худшие сначала.',
  isCalled: (label, predicted) => `${label}, ответ ${predicted}`,
  sure: (share) => `уверенность ${share}`,
  answers: 'Ответ каждого участника',
  noAnswer: 'не проверялась',
  move: 'Перенести в класс',
  moveHint: 'Название класса',
  moved: (name) => `Перенесено в ${name}.`,
  leaveOut: 'Исключить',
  putBack: 'Вернуть',
  leftOutDone: 'Исключено из следующего обучения.',
  putBackDone: 'Возвращено в следующее обучение.',
  show: 'Показать в картинках',
  showAll: (n) => `Показать в картинках (${n})`,
  badgeOut: 'исключена',
  badgeMoved: 'перенесена',
  later: 'Действует со следующего обучения; этот запуск видел её прежней.',
  cell: (label, predicted, shown) =>
    label === predicted ? `${label}, узнано: ${shown}` : `${label} принимается за ${predicted}: ${shown}`,
  cellEmpty: 'С этими участниками в ячейке нет картинок.',
  cellLoading: 'Поиск картинок…',
  trueClass: 'на самом деле',
  predicted: 'ответ',
  datasetGone: 'Набора больше нет в рабочей папке, его картинки показать нельзя.',

  none: 'Ансамбль появится, когда будет сохранён первый снимок, в конце первого цикла.',
  noneEnded: 'Запуск закончился до первого снимка, поэтому ансамбля нет.',
  toRun: 'Посмотреть запуск',
  lost: 'Ответы участников на отложенной выборке больше не хранятся.',
  compute: 'Вычислить их',
  computing: 'Проверка отложенной выборки',
  computed: (done, total) => `${done} из ${total}`,
};
