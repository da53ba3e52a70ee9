import type { store as english } from '../en/store.ts';
import type { Translation } from '../table.ts';

const otherWorkspace = 'выбрать другую рабочую папку (--workspace)';

export const store = {
  'store.corrupt': (p) => ({
    message: `База рабочей папки повреждена или это не база: ${p['path']}`,
    expected: 'база SQLite, записанная Anneal',
    received: String(p['code']),
    hint: `Она оставлена как есть. Убрать файл, чтобы начать с пустой (папки запусков останутся), или ${otherWorkspace}.`,
  }),
  'store.foreign': (p) => ({
    message: `Файл ${p['path']} — база другой программы.`,
    hint: `Он оставлен как есть. Можно ${otherWorkspace}.`,
  }),
  'store.tooNew': (p) => ({
    message: `Рабочая папка записана более новой версией Anneal: ${p['path']}`,
    expected: `формат ${p['expected']} или старше`,
    received: `формат ${p['received']}`,
    hint: `Обновить Anneal или ${otherWorkspace}. Ничего не изменено.`,
  }),
  'store.workspaceIsFile': (p) => ({
    message: `Рабочая папка — файл или лежит под файлом: ${p['path']}`,
    expected: 'папка',
    received: 'файл',
    hint: 'Указать путь к папке; если её нет, она будет создана.',
  }),
  'store.workspaceImpossible': (p) => ({
    message: `Рабочую папку нельзя создать: ${p['path']}`,
    received: String(p['code']),
    hint: 'Выбрать другую папку (--workspace).',
  }),
  'store.notWritable': (p) => ({
    message: `Нет права писать сюда: ${p['path']}`,
    expected: 'папка, в которую можно писать',
    received: String(p['code']),
    hint: `Изменить права или ${otherWorkspace}.`,
  }),
  'store.diskFull': (p) => ({
    message: `Диск полон: ${p['path']}`,
    hint: 'Освободить место (папку cache рабочей папки можно удалить всегда) и продолжить запуск: он пойдёт с последней контрольной точки.',
  }),
  'store.busy': (p) => ({
    message: `База рабочей папки занята другим процессом: ${p['path']}`,
    hint: 'Подождать его или завершить и повторить.',
  }),
  'store.unreadable': (p) => ({
    message: `База рабочей папки не читается или не пишется: ${p['path']}`,
    received: String(p['code']),
    hint: 'Папка на месте, диск исправен? Запуск можно продолжить с последней контрольной точки.',
  }),
  'store.noDriver': () => ({
    message: 'Драйвер базы не собран для этого Node.',
    hint: 'Выполнить "anneal setup".',
  }),
  'store.datasetMissing': (p) => ({
    message: `Список картинок этого запуска пропал или повреждён: ${p['path']}`,
    hint: 'Обучить на папке заново.',
  }),
  'store.noRuns': () => ({
    message: 'В этой рабочей папке ещё нет запусков.',
    hint: 'Начать: "anneal train FOLDER", или назвать нужную рабочую папку (--workspace).',
  }),
  'store.unknownRun': (p) => ({
    message: `Запуска ${JSON.stringify(p['received'])} в этой рабочей папке нет.`,
    expected:
      Array.isArray(p['runs']) && p['runs'].length > 0
        ? `один из ${p['runs'].join(', ')}, … или 'last'`
        : 'запуск этой рабочей папки (в ней нет ни одного)',
    received: String(p['received']),
    hint: 'Список даёт "anneal runs"; нужную рабочую папку назовёт --workspace.',
  }),
  'store.ambiguousRun': (p) => ({
    message: `С ${JSON.stringify(p['received'])} начинается больше одного запуска.`,
    expected: `один из ${(p['runs'] as readonly string[]).join(', ')}`,
    received: String(p['received']),
    hint: 'Дать больше букв.',
  }),
  'store.wrongState': (p) => ({
    message: `Запуск ${p['runId']}: из состояния ${p['state']} нельзя перейти в ${p['wanted']}.`,
    ...(p['pid'] === null ? {} : { hint: `Над ним работает процесс ${p['pid']}.` }),
  }),
  'store.pinned': (p) => ({
    message: `Запуск ${p['runId']} закреплён и не удалён.`,
    hint: 'Сначала открепить его.',
  }),
  'store.runDiscarded': (p) => ({
    message: `Запуск «${p['name']}» удалён.`,
    received: String(p['runId']),
    hint: 'Его можно вернуть, пока не закрыта программа, которая его удалила.',
  }),
  'store.runBusy': (p) => ({
    message: `Запуск ${p['runId']} занят: ${p['state']}.`,
    expected: 'запуск, над которым никто не работает',
    received: p['pid'] === null ? String(p['state']) : `над ним работает процесс ${p['pid']}`,
    hint: 'Подождать или сначала остановить его.',
  }),
} satisfies Translation<typeof english>;
