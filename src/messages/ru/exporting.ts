import type { exporting as english } from '../en/exporting.ts';
import { exportFormats } from '../../protocol/formats/index.ts';
import type { Translation } from '../table.ts';

const portable = exportFormats.flatMap(({ key, needsNative }) => (needsNative ? [] : [key])).join(', ');
const list = (names: unknown): string =>
  Array.isArray(names) && names.length > 0 ? names.join(', ') : 'никаких параметров';

export const exporting = {
  'export.notFound': (p) => ({
    message: `Файла ${p['path']} нет.`,
    expected: 'записанная модель (*.anneal)',
    hint: 'Проверить путь или назвать запуск.',
  }),
  'export.notABundle': (p) => ({
    message: `${p['path']} — не модель Anneal.`,
    expected: 'файл, записанный командой "anneal export --format bundle"',
    received: `${p['detail']}`,
    hint: 'Если файл загружали или копировали, он мог прийти не целиком: получить его ещё раз.',
  }),
  'export.tooLarge': (p) => ({
    message: `Модель такого размера не обработать: ${p['path']}.`,
    expected: `не больше ${p['limit']} байт`,
    received: `${p['received']} байт`,
    hint: 'Взять меньше участников или записать в другом формате.',
  }),
  'export.absurdSize': (p) => ({
    message: `Файл внутри ${p['path']} заявляет немыслимый размер: ${p['file']}.`,
    expected: `не больше ${p['limit']} байт`,
    received: `${p['received']} байт`,
    hint: 'Не пользоваться этим файлом; взять его снова там, где он был записан.',
  }),
  'export.strayFile': (p) => ({
    message: `В ${p['path']} есть файл, которого нет в описи: ${p['file']}.`,
    hint: 'Модель изменили после записи. Взять её снова там, где она была записана.',
  }),
  'export.exists': (p) => ({
    message: `${p['path']} уже есть.`,
    hint: 'Выбрать другое имя или сначала удалить.',
  }),
  'export.noPictures': (p) => ({
    message: 'Запись нечем проверить: ни одна настоящая картинка не читается.',
    expected: 'хотя бы одна картинка из папки этого запуска',
    received: `дано ${p['given']}, не читается ни одна`,
    hint: 'Запись считается готовой, только когда ответила так же, как исходная сеть. Вернуть картинки на место.',
  }),
  'export.differs': (p) => ({
    message: `Записанная модель (${p['format']}) отвечает не так, как исходная; она не сохранена.`,
    expected: `${p['expected']}`,
    received: `${p['received']}`,
    hint: 'Это наша ошибка. Сам запуск не тронут.',
  }),
  'export.needsNative': (p) => ({
    message: `Формат ${p['format']} можно записать только с родным TensorFlow, а здесь он не работает.`,
    hint: `Выполнить "anneal setup" или записать в другом формате: ${portable}.`,
  }),
  'export.unknownOption': (p) => ({
    message: `У формата ${p['format']} нет параметра ${p['received']}.`,
    expected: list(p['known']),
    hint: 'Убрать его или взять формат, у которого он есть: их называет "anneal export --help".',
  }),
  'export.cannotWrite': (p) => ({
    message: `Не удалось записать в ${p['path']}.`,
    received: `${p['detail']}`,
    hint: 'Проверить, что папка есть, в неё можно писать и на диске есть место.',
  }),
} satisfies Translation<typeof english>;
