import { pictureTitles } from '../../protocol/file-kinds.ts';
import type { data as english } from '../en/data.ts';
import type { Translation } from '../table.ts';
import { gigabytes } from './gigabytes.ts';
import { counted } from './counted.ts';

const supported = pictureTitles('или');
const layouts = 'корень/<класс>/… или корень/{train,val,test}/<класс>/…, или список CSV со столбцами path и label';

const foundWords: Record<string, string> = {
  html: 'веб-страница',
  text: 'текст',
  pdf: 'документ PDF',
  photoshop: 'документ Photoshop',
  'jpeg-xl': 'картинка JPEG XL, которая пока не читается',
  'jpeg-2000': 'картинка JPEG 2000, которая пока не читается',
  archive: 'архив',
  video: 'видео',
  folder: 'папка',
  unknown: 'содержимое неизвестного рода',
};

const pictures = (value: unknown): string => counted(value, 'картинка', 'картинки', 'картинок');

export const data = {
  'data.rootMissing': (p) => ({
    message: 'Такой папки нет.',
    expected: 'папка, в которой для каждого класса своя папка с картинками',
    received: String(p['root']),
    hint: 'Проверить, верно ли написан путь.',
  }),
  'data.rootIsFile': (p) => ({
    message: 'Это файл, а не папка.',
    expected: 'папка, в которой для каждого класса своя папка с картинками',
    received: String(p['root']),
    hint: 'Указать папку, в которой лежат папки классов.',
  }),
  'data.rootDenied': (p) => ({
    message: 'Нет права открыть папку.',
    received: String(p['root']),
    hint: 'Дать себе право на чтение или скопировать папку к себе.',
  }),
  'data.emptyFolder': (p) => ({
    message: 'Папка пуста.',
    expected: `картинки (${supported}) в виде ${layouts}`,
    received: String(p['root']),
  }),
  'data.noClasses': (p) => ({
    message: 'В папке есть файлы, но нет папок классов с картинками.',
    expected: layouts,
    received: String(p['root']),
    hint: 'Сделать для каждого класса свою папку и перенести туда его картинки.',
  }),
  'data.onlyBroken': (p) => ({
    message: `Ни один из файлов (${p['count']}) не годится как картинка.`,
    expected: supported,
    received: `среди прочих ${(p['sample'] as readonly string[]).join(', ')}`,
    hint: '`anneal inspect` назовёт причину для каждого файла.',
  }),
  'data.oneClass': (p) => ({
    message: 'Класс только один.',
    expected: 'не меньше двух классов с картинками, которые читаются',
    received: `класс «${p['class']}», ${pictures(p['count'])}`,
    hint: 'Добавить вторую папку, например с картинками чего угодно другого.',
  }),
  'data.empty': () => ({ message: 'Файл пуст.' }),
  'data.truncated': () => ({
    message: 'Файл обрывается: части картинки нет.',
    hint: 'Скопировать или загрузить его ещё раз.',
  }),
  'data.unreadable': (p) => ({ message: `Файл не читается: ${p['detail']}.` }),
  'data.notAPicture': (p) => ({
    message: `Файл — не картинка: ${foundWords[String(p['found'])] ?? String(p['found'])}.`,
    expected: supported,
  }),
  'data.svg': () => ({ message: 'Рисунки SVG не читаются.', expected: supported, hint: 'Сохранить как PNG.' }),
  'data.lfsPointer': () => ({
    message: 'Это лишь указатель Git LFS; сама картинка не загружена.',
    hint: 'Выполнить `git lfs pull` там, откуда папка.',
  }),
  'data.tooManyPixels': (p) => ({
    message: 'Картинка заявляет немыслимый размер.',
    expected: `не больше ${p['limit']} пикселей`,
    received: `${p['width']} × ${p['height']}`,
  }),
  'data.fileTooLarge': (p) => ({
    message: 'Файл слишком велик.',
    expected: `не больше ${p['limit']} байт`,
    received: `${p['bytes']} байт`,
  }),
  'data.noPermission': () => ({ message: 'Нет права на чтение.', hint: 'Дать себе право на чтение.' }),
  'data.missing': () => ({ message: 'Файла нет.' }),
  'data.changed': () => ({
    message: 'Файл изменился с тех пор, как папку прочли.',
    hint: 'Начать обучение заново, чтобы взять новое содержимое.',
  }),
  'data.outsideClass': () => ({
    message: 'Картинка лежит рядом с папками классов, поэтому класса у неё нет.',
    hint: 'Перенести её в папку её класса.',
  }),
  'data.outsideSplit': (p) => ({
    message: `Папка лежит рядом с train и test, её файлы (${p['count']}) не берутся.`,
    expected: 'только папки train, val (valid, validation) и test',
  }),
  'data.unlabelledSplit': (p) => ({
    message: `В папке нет папок классов, её файлы (${p['count']}) не берутся.`,
    expected: 'для каждого класса своя папка',
  }),
  'data.emptyClass': (p) => ({ message: `Папка класса «${p['class']}» пуста; класс не берётся.` }),
  'data.smallClass': (p) => ({
    message: `В классе «${p['class']}» всего ${pictures(p['count'])}: учиться на нём можно, проверить нельзя.`,
    hint: 'Добавить картинок или убрать класс.',
  }),
  'data.untrainedClass': (p) => ({
    message: `В train нет картинок класса «${p['class']}»; остальные (${p['count']}) не берутся.`,
    hint: 'Добавить обучающих картинок или проверить имя папки.',
  }),
  'data.labelConflict': (p) => ({
    message: `Одна и та же картинка отнесена к двум классам: здесь «${p['class']}», а в ${p['other']} — «${p['otherClass']}».`,
    hint: 'Убрать её из неверного класса.',
  }),
  'data.leak': (p) => ({
    message: `${pictures(p['count'])} из ${p['from']} есть и в ${p['to']}, точно или почти; из ${p['from']} они не берутся.`,
    hint: 'Иначе точность была бы завышена.',
  }),
  'data.series': (p) => ({
    message: `${p['pictures']} картинок входят в ${p['series']} групп: копии — ${p['copy']}, по счёту в именах — ${p['name']}, по времени съёмки — ${p['time']}, заданы — ${p['given']}. Группа всегда по одну сторону разделения.`,
  }),
  'data.fewSeries': (p) => ({
    message: `Большинство картинок — в немногих группах: ${p['pictures']} картинок говорят примерно столько же, сколько ${p['independent']} не связанных между собой.`,
    hint: 'Интервал рядом с точностью во столько же раз слишком узок. Помогут картинки других сцен.',
  }),
  'data.featureSeries': (p) => ({
    message: `${p['count']} картинок для сети так похожи, что считаются сериями; серия откладывается целиком. Самая надёжная пара: ${p['a']} и ${p['b']}.`,
    hint: 'Иначе точность по блокам была бы завышена.',
  }),
  'data.listRow': (p) => ({ message: `В строке ${p['line']} списка нет пути или метки.` }),
  'data.listedTwice': (p) => ({
    message: `Строка ${p['line']} в ${p['list']} называет картинку ещё раз, с другой меткой или частью; осталось «${p['kept']}».`,
  }),
  'data.outsideRoot': (p) => ({ message: `Строка ${p['line']} в ${p['list']} ведёт за пределы папки.` }),
  'data.pictureGone': (p) => ({
    message: 'Во время обучения картинка исчезла или изменилась.',
    expected: 'картинка, какой она была, когда папку прочли',
    received: String(p['path']),
    hint: 'Вернуть её или начать обучение заново с папкой, какая она теперь.',
  }),
  'data.allGone': (p) => ({
    message: 'Ни одна картинка больше не читается.',
    received: String(p['root']),
    hint: 'Папку перенесли или отключили её диск?',
  }),
  'data.cacheDiskFull': (p) => ({
    message: 'Диск полон: раскодированные картинки негде хранить.',
    expected: `${p['bytes']} свободных байт`,
    received: String(p['folder']),
    hint: 'Освободить место и начать снова; то, что уже есть, сохранится.',
  }),
  'data.cacheFailed': (p) => ({
    message: `Раскодированные картинки не удаётся сохранить: ${p['detail']}.`,
    received: String(p['folder']),
  }),
  'data.cacheTooLarge': (p) => ({
    message: `Раскодированные картинки заняли бы ${gigabytes(p['bytes'])} при пределе ${gigabytes(p['limit'])}; они раскодируются заново в каждой эпохе, это медленнее.`,
    hint: 'При меньшем размере входа места нужно меньше.',
  }),
  'data.cacheNoSpace': (p) => ({
    message: `Раскодированные картинки заняли бы ${gigabytes(p['bytes'])}, свободно ${gigabytes(p['free'])}; они раскодируются заново в каждой эпохе, это медленнее.`,
    hint: 'Освободить место, затем остановить обучение и продолжить его.',
  }),
} satisfies Translation<typeof english>;
