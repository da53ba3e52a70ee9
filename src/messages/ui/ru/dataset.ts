import type { dataset as english } from '../en/dataset.ts';
import { formatsOf, plural } from '../format.ts';
import type { TextShape } from '../shape.ts';

const format = formatsOf('ru');
const count = (value: number, one: string, few: string, many: string): string =>
  `${format.count(value)} ${plural('ru', value, { one, few, other: many })}`;
const pictures = (value: number): string => count(value, 'картинка', 'картинки', 'картинок');
const files = (value: number): string => count(value, 'файл', 'файла', 'файлов');

export const dataset: TextShape<typeof english> = {
  facts: {
    version: (version, hash) => `v${version} ${hash}`,
    pictures,
    classes: (value) => count(value, 'класс', 'класса', 'классов'),
    leftOut: (value) => `исключено ${format.count(value)}`,
  },
  tabs: 'Что посмотреть',
  tab: { pictures: 'Картинки', problems: 'Неполадки', eyes: 'Что видит сеть', statistics: 'Статистика' },
  checkAgain: 'Проверить заново',
  checkTip: 'Перечитать папку: новые, изменённые и пропавшие картинки.',
  train: 'Обучить',
  apply: 'Применить к папке…',
  nothingToApply: 'Ни одна картинка не перенесена вручную в другой класс.',
  undoLast: 'Отменить последнее изменение',
  redoLast: 'Вернуть его',
  nothingToUndo: 'Отменять нечего: изменений вручную нет.',
  nothingToRedo: 'Возвращать нечего.',
  more: 'Ещё для этого набора',
  reading: (done, total) =>
    total > 0
      ? `Прочитано ${format.count(done)} из ${format.count(total)} файлов. Картинки уже можно смотреть.`
      : 'Папка читается',
  checking: (done, total) =>
    total > 0 ? `Проверено ${format.count(done)} из ${format.count(total)} файлов` : 'Папка проверяется',
  gone: (root) => `Папка не найдена: ${root}. Картинки показаны из кэша; для обучения нужна сама папка.`,
  locate: 'Указать, где она',
  notThere: 'Папка не найдена. Сначала указать, где она.',
  oneClass: (name) =>
    `Для обучения нужен второй класс: в папке только «${name}». Рядом нужна ещё одна папка с картинками.`,
  stillReading: 'Папка ещё читается.',
  changed: (added, removed, changed) => {
    const parts = [
      ...(added > 0 ? [`добавлено ${format.count(added)}`] : []),
      ...(removed > 0 ? [`удалено ${format.count(removed)}`] : []),
      ...(changed > 0 ? [`изменено ${format.count(changed)}`] : []),
    ];
    return `Папка изменилась: ${parts.join(', ')}.`;
  },
  makeVersion: (version) => `Сделать v${version}`,
  openAgain: 'Открыть папку заново',

  classList: {
    label: 'Классы',
    filter: 'Найти класс',
    all: 'Все',
    legend: 'Полоса: обучение, отложенная и контрольная выборки',
    train: 'обучение',
    validation: 'отложенная',
    test: 'контрольная',
    saidUndrawn: (name, value) => `${name}, ${pictures(value)}`,
    said: (name, value, parts) =>
      `${name}, ${pictures(value)}: обучение ${format.count(parts.train)}, отложенная ${format.count(parts.validation)}, контрольная ${format.count(parts.test)}` +
      (parts.leftOut > 0 ? `; исключено ${format.count(parts.leftOut)}` : ''),
  },

  grid: {
    label: (name) => `Картинки класса ${name}`,
    allLabel: 'Все картинки',
    count: (value) => format.count(value),
    sort: 'Порядок',
    sorts: { name: 'по имени', size: 'по размеру в пикселях', bytes: 'по размеру файла', added: 'сначала новые' },
    show: 'Показать',
    filters: {
      all: 'все картинки',
      train: 'обучение',
      validation: 'отложенная выборка',
      test: 'контрольная выборка',
      leftOut: 'исключённые',
      moved: 'перенесённые вручную',
      added: 'новые в этой версии',
    },
    size: 'Размер',
    eyesShort: 'Взгляд',
    eyesTip: 'Глазами сети: каждая картинка так, как её получает сеть: обрезанной и уменьшенной.',
    eyesWait: 'Сеть смотрит на эти картинки…',
    eyesFailed: (message) => `Не удалось показать глазами сети: ${message}`,
    selected: (value) => `выбрано ${format.count(value)}`,
    chosenOnly: (value) => `Только названные: ${pictures(value)}`,
    showAll: 'Показать все',
    empty: 'Ничего не подходит. Можно показать все картинки всех классов.',
    unknownClass: (name) => `Класса «${name}» в этой папке больше нет.`,
    emptyFolder: 'Здесь будут картинки папки, по классам.',
    keys: 'Стрелки — движение, Shift — выделение, пробел — крупно, M — в другой класс, X — исключить, N — глазами сети.',
    badges: { leftOut: 'исключена', moved: 'перенесена', added: 'новая' },
  },
  roles: { train: 'обучение', validation: 'отложенная', test: 'контрольная', leftOut: 'исключена' },
  rolesWhole: {
    train: 'обучение',
    validation: 'отложенная выборка: по ней судят снимки',
    test: 'контрольная выборка: закрыта до конца',
    leftOut: 'исключена из обучения и оценки',
  },
  pictureSaid: (name, className, role, moved) =>
    `${name}, ${className}${role === null ? '' : `, ${role}`}${moved === null ? '' : `, перенесена из ${moved}`}`,

  inspector: {
    title: 'Картинка',
    titleMany: pictures,
    pixels: (width, height) => `${format.count(width)} × ${format.count(height)} пкс`,
    notDrawn: 'решится, когда папка будет прочитана',
    notRead: 'размер ещё не прочитан',
    class: 'Класс',
    moveAll: 'Перенести все в',
    split: 'Выборка',
    movedFrom: (name) => `Перенесена вручную из ${name}`,
    added: 'Появилась в этой версии',
    file: 'Файл',
    hash: 'Содержимое',
    leaveOut: 'Исключить',
    putBack: 'Вернуть',
    show: 'Показать крупно',
    typeClass: 'Название класса',
  },
  moved: (value, name) => `Перенесено в ${name}: ${format.count(value)}.`,
  leftOutDone: (value) => `Исключено: ${pictures(value)}.`,
  putBackDone: (value) => `Возвращено: ${pictures(value)}.`,

  large: {
    back: 'К сетке картинок',
    previous: 'Предыдущая',
    next: 'Следующая',
    frame: 'Рамка: что видит сеть',
    missing: (path) => `${path} нет среди картинок этого набора.`,
  },

  problems: {
    none: 'Неполадок нет: каждый файл папки годится.',
    intro: 'Негодные файлы исключаются сами. Папка не меняется.',
    files,
    showFiles: 'Показать файлы',
    showPictures: 'Показать картинки',
    leaveAllOut: (value) => (value === 1 ? 'Исключить её' : `Исключить все ${format.count(value)}`),
    path: 'Файл',
    reason: 'Причина',
    heads: {
      'data.notAPicture': (value) => `Не картинки по содержимому: ${files(value)}`,
      'data.truncated': (value) => `Обрываются слишком рано: ${pictures(value)}`,
      'data.unreadable': (value) => `Не читаются: ${files(value)}`,
      'data.empty': (value) => `Пустые: ${files(value)}`,
      'data.svg': (value) => `Рисунки SVG не поддерживаются: ${files(value)}`,
      'data.lfsPointer': (value) => `Не загружены из Git LFS: ${pictures(value)}`,
      'data.tooManyPixels': (value) => `Невероятный размер: ${pictures(value)}`,
      'data.fileTooLarge': (value) => `Слишком большие: ${files(value)}`,
      'data.noPermission': (value) => `Нет права читать: ${files(value)}`,
      'data.missing': (value) => `Пропали: ${files(value)}`,
      'data.outsideClass': (value) => `Лежат рядом с папками классов: ${pictures(value)}`,
      'data.outsideSplit': (value) => `Лежат рядом с train и test: ${count(value, 'папка', 'папки', 'папок')}`,
      'data.unlabelledSplit': (value) => `Без папок классов: ${count(value, 'часть', 'части', 'частей')}`,
      'data.emptyClass': (value) => `Пустые папки классов: ${format.count(value)}`,
      'data.smallClass': (value) =>
        `Классы с единственной картинкой (учить можно, судить нельзя): ${format.count(value)}`,
      'data.untrainedClass': (value) => `Классы, которым не на чем учиться: ${format.count(value)}`,
      'data.labelConflict': (value) => `Лежат сразу в двух классах: ${pictures(value)}`,
      'data.leak': () => 'Одни и те же картинки по обе стороны разделения',
      'data.listRow': (value) => `Неполные строки списка: ${format.count(value)}`,
      'data.listedTwice': (value) => `Названы в списке дважды: ${pictures(value)}`,
      'data.outsideRoot': (value) => `Строки, ведущие за пределы папки: ${format.count(value)}`,
    },
  },

  eyes: {
    intro: (size, backbone) =>
      `${backbone} получает ${size} × ${size} пкс. При обучении каждая картинка при каждом показе меняется заново.`,
    normalised: (mean, std, backbone) => `Нормировка: среднее ${mean}, отклонение ${std}, от основы ${backbone}.`,
    ownNetwork: 'Сеть',
    normalisedOwn: (mean, std) => `Нормировка: среднее ${mean}, отклонение ${std}, от самих картинок.`,
    original: 'Оригинал и рамка обрезки',
    input: 'Вход сети при оценке',
    draws: 'Шесть вариантов для обучения',
    drawAgain: 'Ещё варианты',
    ofSelection: 'Выбранные картинки.',
    ofClasses: 'По одной картинке каждого класса; другие можно выбрать в сетке.',
    none: 'Здесь будут картинки такими, какими их получает сеть.',
  },

  statistics: {
    shorterSide: 'Короткая сторона',
    aspect: 'Ширина к высоте',
    bytes: 'Размер файла',
    pixels: 'пкс',
    megabytes: 'МБ',
    smaller: (value) => `Меньше 224 пкс: ${pictures(value)}. Увеличенные для сети, они останутся размытыми.`,
    noneSmaller: 'В каждой картинке есть те 224 пкс, которых ждёт большинство сетей.',
    showThem: 'Показать их',
    input: '224 пкс',
    range: (measure, from, to) => `${measure}: ${from} – ${to}`,
    formats: 'Виды файлов',
    format: 'Вид',
    pictures: 'Картинки',
    facts: 'Всего',
    total: 'Место на диске',
    duplicates: 'Копии, точные и почти',
    duplicatesTip: 'Копии всегда по одну сторону разделения.',
    turned: 'Записаны повёрнутыми (EXIF)',
    turnedTip: 'Здесь и при обучении они повёрнуты как надо.',
    origin: 'Разделение',
    origins: { folder: 'из папки', drawn: 'жребием, всегда одним и тем же', none: 'нет' },
    notYet: 'Размеры станут известны, когда папка будет прочитана.',
  },

  applying: {
    title: 'Применить к папке',
    explain: (value, root) =>
      `Внутри ${root} будет перемещено: ${files(value)}. Ничего не перезаписывается и не удаляется. Изменения, ставшие правдой, больше не хранятся отдельно.`,
    from: 'Сейчас',
    to: 'Станет',
    move: (value) => `Переместить ${files(value)}`,
    done: (value) => `Перемещено в папке: ${files(value)}.`,
    nothing: 'Перемещать нечего: каждая картинка лежит в папке своего класса.',
  },
};
