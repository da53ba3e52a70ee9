import type { setup as english } from '../en/setup.ts';
import { list, type Translation } from '../table.ts';

const withoutTensorflow =
  'До тех пор Anneal считает через WebAssembly: ответы, замороженные признаки и обучение голов работают, доучивание слоёв — нет.';
const onlyWasm =
  'Здесь Anneal считает через WebAssembly: ответы, замороженные признаки и обучение голов работают, доучивание слоёв — нет.';
const again = 'Затем снова выполнить `npm run setup`.';

export const setup = {
  'setup.noPython': (p) => ({
    message: `TensorFlow приходит пакетом Python, а Python 3 не найден (проверено: ${list(p['tried'])}).`,
    hint: `Установить Python 3 с pip. ${again} ${withoutTensorflow}`,
  }),
  'setup.noPip': (p) => ({
    message: `TensorFlow приходит пакетом Python, а у ${p['python']} нет pip.`,
    hint: `Установить pip (в Debian и Ubuntu пакет python3-pip). ${again} ${withoutTensorflow}`,
  }),
  'setup.noRuntime': (p) => ({
    message: `Готовой библиотеки TensorFlow для ${p['platform']} нет (есть для: ${list(p['known'])}).`,
    hint: onlyWasm,
  }),
  'setup.noGlibc': () => ({
    message: 'Готовой библиотеке TensorFlow нужен Linux с glibc, а здесь другая библиотека C.',
    hint: onlyWasm,
  }),
  'setup.downloadFailed': (p) => ({
    message: `TensorFlow не удалось загрузить через pip${p['detail'] ? `: ${p['detail']}` : '.'}`,
    hint: `Проверить подключение к сети. ${again} ${withoutTensorflow}`,
  }),
  'setup.wrongChecksum': (p) => ({
    message: `Загруженный ${p['file']} — не тот файл, который знает Anneal; он удалён.`,
    expected: `sha256 ${p['sha256']}`,
    hint: `Загрузка могла оборваться. ${again} ${withoutTensorflow}`,
  }),
  'setup.unpackFailed': (p) => ({
    message: `Библиотеку TensorFlow не удалось распаковать в ${p['folder']}: ${p['detail']}`,
    hint: `Там нужно 0,7 ГБ; другую папку задаёт переменная ANNEAL_CACHE. ${again} ${withoutTensorflow}`,
  }),
  'setup.filesRefused': (p) => ({
    message: `Не удалось записать нужное: ${p['detail']}`,
    hint: `Файлы хранятся в ${p['folder']}; другую папку задаёт переменная ANNEAL_CACHE. ${again} ${withoutTensorflow}`,
  }),
  'setup.noCompiler': (p) => ({
    message: `Чтобы собрать ${p['name']}, нужны компилятор C++ и make; не найдено: ${p['missing']}.`,
    hint:
      `Установить их (в Debian и Ubuntu пакет build-essential, в macOS инструменты командной строки Xcode). ${again} ` +
      afterBuild(p['name']),
  }),
  'setup.buildFailed': (p) => ({
    message: `Собрать ${p['name']} не удалось${p['detail'] ? `: ${p['detail']}` : '.'}`,
    hint: `Весь вывод — в ${p['logFile']}. ${afterBuild(p['name'])}`,
  }),
  'setup.doesNotLoad': (p) => ({
    message: `Собрано, но не загружается: ${p['name']}: ${p['detail']}`,
    hint: withoutTensorflow,
  }),
  'setup.packageMissing': (p) => ({
    message: `В node_modules нет пакета ${p['name']}, который нужен этой версии Node.`,
    hint: 'Выполнить `npm ci` с этой версией Node.',
  }),
  'setup.windowFailed': (p) => ({
    message: 'Окно не удалось собрать.',
    received: String(p['detail']),
    hint: 'Выполнить "npm ci" в клоне и повторить. Командная строка работает и без окна.',
  }),
} satisfies Translation<typeof english>;

/** SQLite cannot be done without, but newer Node has it ready-made. */
function afterBuild(name: unknown): string {
  return String(name).includes('SQLite')
    ? 'Node 22 и новее обходится без компилятора; без этой части Anneal не запустится.'
    : withoutTensorflow;
}
