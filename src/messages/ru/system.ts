import type { ErrorParams } from '../../base/errors.ts';
import type { system as english } from '../en/system.ts';
import type { Translation } from '../table.ts';

const at = (p: ErrorParams): string => (p['path'] === null ? String(p['detail']) : String(p['path']));
const permissions = 'Изменить права на файл или папку или выбрать другие.';

export const system = {
  'system.EACCES': (p) => ({ message: `Нет права: ${at(p)}`, hint: permissions }),
  'system.EPERM': (p) => ({ message: `Не разрешено: ${at(p)}`, hint: permissions }),
  'system.EROFS': (p) => ({ message: `Сюда нельзя писать: ${at(p)}`, hint: 'Выбрать папку на другом диске.' }),
  'system.ENOENT': (p) => ({
    message: `Не найдено: ${at(p)}`,
    hint: 'Проверить путь. Если папка только что была, её успели перенести или удалить.',
  }),
  'system.ENOTDIR': (p) => ({ message: `Нужна папка, а это файл: ${at(p)}`, hint: 'Указать путь к папке.' }),
  'system.EISDIR': (p) => ({ message: `Нужен файл, а это папка: ${at(p)}`, hint: 'Указать путь к файлу.' }),
  'system.ENAMETOOLONG': (p) => ({ message: `Путь слишком длинный: ${at(p)}`, hint: 'Взять путь короче.' }),
  'system.ENOSPC': (p) => ({
    message: `Диск полон: ${at(p)}`,
    hint: 'Освободить место и продолжить запуск; сделанное до последней контрольной точки сохранено.',
  }),
  'system.EDQUOT': (p) => ({
    message: `Ваша доля диска исчерпана: ${at(p)}`,
    hint: 'Освободить место и продолжить запуск.',
  }),
  'system.EMFILE': (p) => ({
    message: `Открыто слишком много файлов: ${at(p)}`,
    hint: 'Поднять предел ("ulimit -n") или закрыть другие программы.',
  }),
  'system.EIO': (p) => ({ message: `Диск не читается или не пишется: ${at(p)}`, hint: 'Проверить диск.' }),
} satisfies Translation<typeof english>;
