import type { train as english } from '../en/train.ts';
import type { Translation } from '../table.ts';

const number = (value: number) => value.toFixed(1).replace('.', ',');
const percent = (value: unknown) => `${number(100 * Number(value))} %`;
const points = (value: unknown) => `${number(100 * Number(value))} п. п.`;

const rate = (value: unknown) => String(Number(Number(value).toPrecision(2))).replace('.', ',');

/** What went wrong in a training; the loss where an error of before causes were told. */
function divergence(p: Readonly<Record<string, unknown>>): string {
  const loss = Number(p['loss']);
  const shown = Number.isFinite(loss) ? String(Number(loss.toPrecision(3))).replace('.', ',') : String(p['loss']);
  const constant = Number(p['constantLoss']).toFixed(2).replace('.', ',');
  if (p['cause'] === 'loss') return `потери выросли до ${shown}, хотя один ответ на все картинки дал бы ${constant}`;
  if (p['cause'] === 'explosion') return `отдельные шаги стали менять слои целиком, потери ${shown}`;
  if (p['cause'] === 'constant') return 'сеть стала давать один ответ на все картинки';
  return Number.isFinite(loss) ? 'градиент перестал быть конечным числом' : `потери стали ${shown}`;
}

export const train = {
  'train.tooFewPictures': (p) => ({
    message: 'Картинок для обучения слишком мало.',
    expected: `не меньше 2 обучающих картинок на класс, всего ${2 * Number(p['classes'])}, и ещё немного для проверки`,
    received: `картинок ${p['pictures']}, классов ${p['classes']}`,
    hint: 'Добавить картинок или отдать обучению все, без контрольной части.',
  }),
  'train.noBackbone': () => ({
    message: 'Нет готовой сети, с которой начать.',
    hint: 'Загрузить одну в разделе моделей или учить с нуля.',
  }),
  'train.headNotLinear': (p) => ({
    message: `Голова ${p['architecture']} — не один линейный слой, поэтому на сохранённых признаках её не решить.`,
    hint: 'Выбрать другую основу.',
  }),
  'train.diverged': (p) => ({
    message: `Обучение разошлось на шаге ${p['step']} при темпе ${rate(p['learningRate'])}: ${divergence(p)}.${
      p['stepBacks'] ? ` До этого его возвращали назад раз: ${p['stepBacks']}, каждый раз с втрое меньшим темпом.` : ''
    }`,
    expected: 'потери конечны и ниже, чем у постоянного ответа',
    received: divergence(p),
    hint: 'Снизить пик темпа (для начала втрое), добавить разогрев или поставить предел градиента 1. Последняя контрольная точка сохранена.',
  }),
  'train.divergedHeadsKept': (p) => ({
    message: `Дообучение разошлось на шаге ${p['step']} при темпе ${rate(p['learningRate'])}: ${divergence(p)}. Остаётся замороженная сеть с головами по блокам.`,
    hint: 'Снизить пик темпа (для начала втрое) или включить его поиск.',
  }),
  'train.steppedBack': (p) => ({
    message: `На шаге ${p['step']} ${divergence(p)}. Веса возвращены к ${
      Number(p['to']) === 0 ? 'начальным' : `шагу ${p['to']}`
    }; дальше темп втрое ниже прежнего, не выше ${rate(p['learningRate'])}.`,
    hint: 'Если это повторяется, начать заново с меньшим пиком темпа.',
  }),
  'train.rateFound': (p) => ({
    message: `Проба с растущим темпом, шагов ${p['steps']}: ${
      p['limit'] === null ? 'потери растут при любом темпе' : `потери держатся до ${rate(p['limit'])}`
    }; пик темпа ${rate(p['rate'])} (задан ${rate(p['set'])}).`,
  }),
  'train.headTooSure': (p) => ({
    message: `Решённая голова слишком уверена в себе: отложенным картинкам подходит ${percent(p['share'])} её силы, с этого и начинается обучение.`,
    hint: 'Добавить к пробуемым λ значения побольше; если обучающие картинки сняты сериями, собрать серии в группы.',
  }),
  'train.alwaysSame': (p) => ({
    message: `Этот снимок все обучающие картинки, о которых его спросили, относит к классу «${p['label']}».`,
    hint: 'Снизить пик темпа или учить дольше; если почти все картинки одного класса — уравнять веса классов.',
  }),
  'train.featuresNotCacheable': (p) => ({
    message: `Признаки на ${p['boundary']} нельзя сохранить: ${p['reason']}.`,
    expected: 'ничего случайного и ничего обучаемого ниже границы заморозки',
    received: String(p['reason']),
    hint: 'Взять готовые виды или обойтись без искажений, либо заморозить слои ниже.',
  }),
  'train.fineTuningKept': (p) => ({
    message: `Дообучение лучше замороженной сети на ${p['n']} отложенных картинках: ${percent(p['tuned'])} против ${percent(p['heads'])} (${points(p['gain'])} ± ${points(p['standardError'])}). Оно остаётся.`,
  }),
  'train.headsKept': (p) => ({
    message: `Дообучение не лучше замороженной сети сверх шума ${p['n']} отложенных картинок: ${percent(p['tuned'])} против ${percent(p['heads'])}. Остаётся замороженная сеть с головами по блокам.`,
  }),
  'train.foldsDisagree': (p) => ({
    message: `Блоки обучающих картинок дают ${percent(p['folds'])}, ваши ${p['m']} проверочных картинок — ${percent(p['validation'])}: больше случайного. Выбирают проверочные картинки.`,
    hint: 'Картинки, которые связаны между собой (одна сцена, один предмет, один пациент), делают блоки слишком лёгкими: свяжите их через --group-by. Или проверочные картинки просто другие.',
  }),
  // Так говорили запуски прежних версий.
  'train.worseThanStart': (p) => ({
    message: `Доучивание кончилось хуже, чем замороженная основа в начале: ${percent(p['after'])} против ${percent(p['before'])}, отложенных картинок ${p['n']}.`,
    hint: 'Снизить пик темпа (для начала втрое) или взять быструю цель.',
  }),
  'train.fineTuningHelps': (p) => ({
    message: `По блокам доучивание лучше замороженной основы на ${points(p['mean'])} (± ${points(p['standardError'])}); у неё ${percent(p['head'])}. Теперь учатся все картинки.`,
  }),
  'train.fineTuningDoesNotHelp': (p) => ({
    message: `Доучивание не лучше замороженной основы сверх разброса по блокам: ${points(p['mean'])} (± ${points(p['standardError'])}). Остаётся замороженная основа с головами по блокам, ${percent(p['head'])}.`,
  }),
} satisfies Translation<typeof english>;
