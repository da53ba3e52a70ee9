import type { engine as english } from '../en/engine.ts';
import { conflictReason } from '../../settings/check.ts';
import { settings } from '../../settings/train-config.ts';
import { list, type Translation } from '../table.ts';
import { expectedOf } from '../ui/expected.ts';
import { formatsOf } from '../ui/format.ts';
import { fields } from '../ui/ru/fields.ts';

const format = formatsOf('ru');

/** Errors tell in English what a setting may be; its declaration tells it in any language. */
function expected(key: unknown, inEnglish: unknown): string {
  const setting = settings.get(String(key));
  return setting ? expectedOf(setting, fields.expected, format) : String(inEnglish);
}

export const engine = {
  'config.unknownKey': (p) => ({
    message: `Настройки «${p['key']}» нет.`,
    expected: p['nearest'] === null ? 'настройка из списка "anneal settings"' : `«${p['nearest']}»?`,
    received: String(p['key']),
    hint: p['nearest'] === null ? 'Список даёт "anneal settings".' : `Может быть, «${p['nearest']}»?`,
  }),
  'config.badValue': (p) => ({
    message: `Настройка «${p['key']}» не может иметь такое значение.`,
    expected: expected(p['key'], p['expected']),
    received: String(p['received']),
    hint:
      p['nearest'] === null
        ? 'Исправить значение или убрать настройку, тогда действует значение по умолчанию.'
        : `Ближайшее возможное: ${p['key']}=${p['nearest']}`,
  }),
  'config.section': (p) => ({
    message: `«${p['key']}» — раздел настроек, а не настройка.`,
    expected: `одна из ${list(p['settings'])}`,
    received: String(p['key']),
    hint: `О каждой рассказывает "anneal settings ${p['key']}".`,
  }),
  'config.presetBySet': (p) => ({
    message: 'Рецепт — не настройка: --set меняет отдельные его значения.',
    expected: `--preset ${p['received']}`,
    received: `--set preset=${p['received']}`,
  }),
  'config.badSet': (p) => ({
    message: 'В --set не видно вида ключ=значение.',
    expected: 'ключ=значение, например schedule.numCycles=5',
    received: String(p['received']),
  }),
  'config.conflict': (p) => ({
    message: `${p['first']} и ${p['second']} противоречат друг другу: ${conflictReason(p['conflict'], 'ru')}.`,
    hint: 'Изменить одну из них.',
  }),
  'config.badFile': (p) => ({
    message: `Файл настроек — не JSON: ${p['path']}`,
    expected: 'объект JSON, как "anneal runs show RUN --json" даёт его в "config"',
    received: String(p['detail']),
  }),
  'engine.badInput': (p) => ({
    message: `Команда ${p['command']} вызвана неверно: ${p['key']}.`,
    expected: String(p['expected']),
    received: String(p['received']),
  }),
  'engine.closed': () => ({ message: 'Программа завершается.' }),
  'engine.laneCrashed': (p) => ({
    message: 'Вычисляющий процесс неожиданно завершился.',
    received:
      p['signal'] === null
        ? `код ${p['code']}${p['tail'] ? `: ${p['tail']}` : ''}`
        : `сигнал ${p['signal']}${p['tail'] ? `: ${p['tail']}` : ''}`,
    hint:
      p['signal'] === 'SIGKILL'
        ? 'Скорее всего, кончилась память: закрыть другие программы или уменьшить data.batchSize и продолжить обучение.'
        : 'Продолжить с последней контрольной точки; "anneal doctor" проверит вычисления.',
  }),
  'engine.noBackbones': () => ({
    message: 'На этой машине нет ни одной готовой сети.',
    hint: 'Загрузить: anneal zoo pull efficientnet_lite0',
  }),
  'engine.cacheInUse': (p) => ({
    message: `Запас занят: запуск ${p['runId']}, ${p['state']}.`,
    hint: 'Очистить его, когда запуск закончится или будет остановлен.',
  }),
  'engine.noNative': (p) => ({
    message: `Родной TensorFlow здесь не загружается: ${p['detail']}`,
    hint: 'Ответы, замороженные признаки и головы работают, но медленнее. Подготовить его: "anneal setup".',
  }),
  'engine.noModel': (p) => ({
    message: `У ${p['runId']} ещё нет модели: состояние запуска — ${p['state']}.`,
    expected: 'запуск, чей первый цикл закончен, или файл модели',
    received: String(p['state']),
    hint: `Продолжить его: anneal resume ${p['runId']}`,
  }),
  'engine.unknownModel': (p) => ({
    message: `Ни запуска, ни файла «${p['received']}» нет.`,
    expected: 'запуск этой рабочей папки или путь к файлу модели',
    received: String(p['received']),
    hint: 'Список даёт "anneal runs"; нужную рабочую папку назовёт --workspace.',
  }),
  'engine.noPictures': (p) => ({
    message: `В ${p['path']} картинок не найдено.`,
    expected: 'картинка или папка с картинками',
    received: String(p['path']),
  }),
  'engine.notPaused': (p) => ({
    message: `Запуск ${p['runId']} идёт не в этом процессе.`,
    hint: 'Приостановить его может только тот процесс, который учит.',
  }),
} satisfies Translation<typeof english>;
