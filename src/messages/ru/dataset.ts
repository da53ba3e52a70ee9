import type { dataset as english } from '../en/dataset.ts';
import type { Translation } from '../table.ts';

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
    message: 'Картинки ещё читаются; менять их можно, когда чтение закончится.',
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
