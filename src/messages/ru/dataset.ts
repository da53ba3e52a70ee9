import type { dataset as english } from '../en/dataset.ts';
import type { Translation } from '../table.ts';

/** Why a file was not moved. */
const refusals: Readonly<Record<string, string>> = {
  notPlanned: 'этот перенос больше не намечен',
  gone: 'его больше нет',
  changed: 'он изменился с последней проверки',
  isLink: 'это ссылка',
  outside: 'ссылка ведёт за пределы папки',
  exists: 'файл с таким именем уже есть',
  failed: 'файловая система отказала',
};

const checkAgain = 'Если папка изменилась, проверить её снова.';

export const dataset = {
  'dataset.unknown': (p) => ({
    message: 'В этой рабочей папке нет такого набора картинок.',
    expected: 'номер набора, который здесь открывали',
    received: String(p['received']),
    hint: 'Открыть папку снова.',
  }),
  'dataset.notScanned': () => ({
    message: 'Картинки этой папки ещё не прочитаны.',
    hint: 'Открыть папку снова: чтение продолжится с того же места.',
  }),
  'dataset.scanning': () => ({
    message: 'Картинки ещё читаются; переносить файлы можно, когда чтение закончится.',
    hint: 'Подождать и повторить.',
  }),
  'dataset.unknownClass': (p) => ({
    message: 'В наборе нет такого класса.',
    expected: (p['classes'] as readonly string[]).join(', '),
    received: String(p['received']),
  }),
  'dataset.unknownPicture': (p) => ({
    message: 'В наборе нет такой картинки.',
    received: String(p['path']),
    hint: checkAgain,
  }),
  'dataset.otherPictures': (p) => ({
    message: 'В этой папке нет ни одной картинки набора.',
    expected: `папка, которая была в ${p['before']}`,
    received: String(p['root']),
    hint: 'Выбрать другую папку или открыть эту как отдельный набор.',
  }),
  'dataset.labelsFromList': (p) => ({
    message: 'Классы этих картинок взяты из списка CSV, а не из папок: перенос файлов ничего не изменит.',
    received: String(p['root']),
    hint: 'Изменения всё равно учитываются в каждом запуске; чтобы сохранить их вне программы, исправить список.',
  }),
  'dataset.movesFailed': (p) => {
    const failed = p['failed'] as readonly string[];
    const tell = (entry: string): string => {
      const at = entry.indexOf(':');
      return `${entry.slice(at + 1)} (${refusals[entry.slice(0, at)]})`;
    };
    return {
      message: `Не перенесено ${failed.length} из ${failed.length + Number(p['moved'])} файлов: ${failed.slice(0, 20).map(tell).join('; ')}${failed.length > 20 ? '; …' : ''}.`,
      hint: 'Они лежат, где лежали, и их изменения сохранены. Остальные перенесены.',
    };
  },
  'dataset.noUndo': () => ({ message: 'Отменять больше нечего.' }),
  'dataset.noRedo': () => ({ message: 'Ничего не отменяли.' }),
  'store.folderTaken': (p) => ({
    message: 'Эта папка — уже отдельный набор картинок.',
    received: String(p['root']),
    hint: 'Открыть её из списка или выбрать папку, куда перенесли картинки.',
  }),
  'media.unknownPicture': (p) => ({
    message: 'В наборе нет такой картинки.',
    received: String(p['path']),
    hint: checkAgain,
  }),
  'media.outside': (p) => ({
    message: 'Ссылка ведёт за пределы папки набора; её картинка не показана.',
    received: String(p['path']),
  }),
} satisfies Translation<typeof english>;
