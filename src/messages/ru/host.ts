import type { host as english } from '../en/host.ts';
import type { Translation } from '../table.ts';

const printed = 'Открыть адрес, который напечатал "anneal serve".';

export const host = {
  'host.badMessage': (p) => ({
    message: 'Окно прислало то, чего программа не понимает.',
    expected: 'сообщение этой версии Anneal',
    ...(p['detail'] === undefined ? {} : { received: String(p['detail']) }),
    hint: 'Обновить окно.',
  }),
  'host.cancelled': () => ({ message: 'Остановлено по просьбе.' }),
  'host.tooManyCalls': (p) => ({
    message: 'Окно спрашивает слишком много сразу.',
    expected: `не больше ${p['limit']} вопросов без ответа`,
    hint: 'Дождаться ответа или обновить окно.',
  }),
  'host.tooSlow': () => ({
    message: 'Окно не принимает того, что ему шлют.',
    hint: 'Обновить окно: ничего не пропадёт.',
  }),
  'host.wrongHost': () => ({ message: 'Anneal отвечает только под именем этой машины.', hint: printed }),
  'host.wrongOrigin': () => ({
    message: 'Это спросила чужая страница; Anneal отвечает только своей.',
    hint: printed,
  }),
  'host.noSession': () => ({
    message: 'Этот браузер не впущен.',
    hint: `${printed} Он годится для одного браузера; для другого запустить заново.`,
  }),
  'host.notFound': () => ({ message: 'По этому адресу ничего нет.' }),
  'host.badRequest': (p) => ({
    message: 'Страница прислала то, чего программа не понимает.',
    received: String(p['detail']),
    hint: 'Обновить страницу.',
  }),
  'host.notAllowed': (p) => ({
    message: `Эта папка не открыта страницам браузера: ${p['path']}`,
    expected: `что-нибудь в ${(p['roots'] as readonly string[]).join(', ')}`,
    received: String(p['path']),
    hint: 'Открыть её: anneal serve --allow FOLDER',
  }),
  'host.exists': (p) => ({
    message: `Такое имя уже занято: ${p['path']}`,
    hint: 'Выбрать другое имя.',
  }),
  'host.badRelativePath': (p) => ({
    message: `Это не картинка набора: ${p['path']}`,
    expected: 'путь внутри папки набора',
    received: String(p['path']),
  }),
  'host.badName': (p) => ({
    message: `Файл здесь не может называться так: ${p['name']}`,
    hint: 'Переименовать и повторить.',
  }),
  'host.unknownUpload': () => ({ message: 'Это копирование уже не идёт.', hint: 'Бросить папку снова.' }),
  'host.tooManyUploads': (p) => ({
    message: 'Копируется слишком много папок сразу.',
    expected: `не больше ${p['limit']}`,
    hint: 'Подождать, пока одна закончится.',
  }),
  'host.uploadTooBig': (p) => ({
    message: 'Пришло больше, чем было объявлено.',
    expected: `файлов ${p['files']}, вместе ${p['bytes']} байт`,
    hint: 'Бросить папку снова.',
  }),
  'host.uploadCut': (p) => ({ message: `Копия ${p['name']} не целая.`, hint: 'Бросить папку снова.' }),
  'host.noRoom': (p) => ({
    message: 'Для копии не хватает места.',
    expected: `свободных байт: ${p['bytes']}`,
    received: `свободных байт: ${p['free']}`,
    hint: 'Выбрать папку там, где она лежит, а не бросать её, или освободить место.',
  }),
  'host.portTaken': (p) => ({
    message: `Порт ${p['port']} уже занят другой программой.`,
    hint: 'Указать другой (--port) или 0 — любой свободный.',
  }),
  'host.noWindow': (p) => ({
    message: `Окно не собрано: ${p['path']}`,
    expected: 'папка с index.html',
    hint: 'В клоне выполнить "npx vite build -c build/vite.config.ts".',
  }),
} satisfies Translation<typeof english>;
