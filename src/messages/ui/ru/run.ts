import type { run as english } from '../en/run.ts';
import { plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const pictures = (n: number): string => plural('ru', n, { one: 'картинки', other: 'картинок' });
const ofSplit = {
  train: 'обучающей выборки',
  validation: 'отложенной выборки',
  test: 'контрольной выборки',
  outOfFold: 'вне своей части',
} as const;

export const run: TextShape<typeof english> = {
  title: (number, name) => `запуск ${number} ${name}`,
  cycle: (now, total) => `цикл ${now}/${total}`,
  epoch: (done, total) => `эпоха ${done}/${total}`,
  queuedBehind: (n) => `после ${n} ${plural('ru', n, { one: 'другого запуска', other: 'других запусков' })}`,

  pause: 'Приостановить',
  resume: 'Продолжить',
  stop: 'Остановить и оставить',
  unqueue: 'Убрать из очереди',
  seeEnsemble: 'Посмотреть ансамбль',
  openCause: 'Открыть причину',
  changeSettings: 'Изменить настройки',
  trainAgain: 'Обучить снова',
  more: 'Ещё',
  rename: 'Переименовать…',
  note: 'Заметка…',
  pin: 'Закрепить',
  unpin: 'Открепить',
  copyConfig: 'Скопировать настройки',
  configCopied: 'Настройки скопированы в буфер обмена.',
  discard: 'Отбросить',
  discarded: (name) => `${name}: запуск отброшен.`,
  nameLabel: 'Название запуска',
  noteLabel: 'Заметка',
  notePlaceholder: 'Что должен выяснить этот запуск',
  save: 'Сохранить',

  metrics: {
    ensemble: 'ансамбль',
    best: 'лучший снимок',
    loss: 'ошибка на отложенной',
    speed: 'картинок/с',
    memory: 'память',
    left: 'осталось',
    elapsed: 'заняло',
    of: (n, shown, split) => `из ${shown} ${pictures(n)} ${ofSplit[split]}`,
    estimating: 'оценивается',
  },

  plots: {
    accuracy: 'Точность',
    loss: 'Функция потерь',
    rate: 'Темп обучения',
    updates: 'Размер обновлений',
    updatesUnit: '% от весов, по группам слоёв; обычно от 0,1 до 1',
    updateSummary: (group, percent) =>
      `Последнее обновление группы ${group} составляет ${percent} % от размера её весов; обычно от 0,1 до 1 %.`,
    gradient: 'Размер градиента',
    gradientUnit: 'норма по всем обучаемым весам, до ограничения',
    gradientSummary: (norm) =>
      `Норма последнего градиента ${norm}; скачки вверх говорят о неустойчивом темпе, падение к 0 — о том, что сеть больше не учится.`,
    range: (from, to) => `${from}–${to} %`,
    rateUnit: 'на шаг, по группам слоёв',
    axis: 'Ось',
    epoch: 'Эпохи',
    time: 'Время',
    elapsed: 'время',
    smoothing: 'Сглаживание',
    lossScale: 'Шкала потерь',
    names: { training: 'обучение', validation: 'отложенная', ensemble: 'ансамбль', gradient: 'норма' },
    deepest: 'все группы',
    validationAccuracy: 'Точность на отложенной выборке',
    trainingAccuracy: 'Точность на обучающей выборке',
    trainingLoss: 'Потери на обучающей выборке',
    inEpochs: (n) => `за ${n} ${plural('ru', n, { one: 'эпоху', few: 'эпохи', other: 'эпох' })}`,
    rateSummary: (now, cycles) => `Темп обучения ${now}; ${cycles}.`,
    cyclesDone: (done, total) => `завершено циклов: ${done} из ${total}`,
    gap: (from, to) => `простой ${from}–${to}`,
  },

  snapshots: {
    title: 'Ансамбль',
    cards: 'Снимки',
    none: 'Первый снимок появится в конце первого цикла.',
    noneFolds: 'Участники появятся, когда будут обучены все головы.',
    foldOf: (n, shown) =>
      `проверен на ${shown} ${plural('ru', n, { one: 'картинке', other: 'картинках' })}, на которых не обучался`,
  },

  preparing: {
    title: 'Подготовка',
    counted: (what, done, total) => `${what}: ${done} из ${total}`,
    waiting: 'Ждёт своей очереди',
    starting: 'Вычислительный процесс запускается.',
  },

  backbones: {
    title: 'Сравнение основ',
    why: 'Каждая замороженная основа с линейной головой, проверенная на картинках, которых её голова не видела.',
    backbone: 'Основа',
    l2: 'L2',
    accuracy: 'Точность',
    interval: '95-процентный интервал',
    chosen: 'выбрана',
    none: 'Сравнение появится, когда будут вычислены признаки.',
    summary: (n, best, accuracy) => `Сравнено вариантов: ${n}; выбрана основа ${best}, ${accuracy}.`,
    comparing: (n) => `Сравнено вариантов: ${n}.`,
  },

  timings: {
    title: 'Затраченное время',
    total: 'Всего',
    seconds: 'с',
  },

  confusion: 'Ошибки нового ансамбля',
  confusionWaits: 'Матрица появится с первым ансамблем.',

  banners: {
    interrupted: (clock, epoch) =>
      `Запуск прервался в ${clock}${epoch ? ` (${epoch})` : ''}. Всё до этого места сохранено. «Продолжить» идёт дальше отсюда.`,
    cancelled:
      'Запуск остановлен вручную. Его снимки можно использовать; «Продолжить» идёт дальше с последней контрольной точки.',
    paused: 'Приостановлено. Вычислительный процесс ждёт; «Продолжить» начинает со следующего шага.',
    failed: 'Запуск завершился ошибкой. Его снимки и последняя контрольная точка сохранены.',
    restarted: (from, to, step) => `Запуск простоял с ${from} до ${to} и продолжен с шага ${step}.`,
    queued: 'Ждёт в очереди.',
  },

  notes: {
    memorising: (epochs, since) =>
      `Потери на отложенной выборке растут уже ${epochs} ${plural('ru', epochs, { one: 'эпоху', few: 'эпохи', other: 'эпох' })}, с эпохи ${since}, а на обучающей падают: сеть запоминает картинки. Помогут более сильная аугментация или меньше эпох.`,
    trainingAbove:
      'Потери на обучающей выборке выше, чем на отложенной, потому что измерены на аугментированных картинках и сглаженных метках. Всё в порядке.',
    withLower: (rate) => `Повторить с ${rate}`,
  },

  deleted: 'Этот запуск удалён.',
  toRuns: 'Показать все запуски',
};
