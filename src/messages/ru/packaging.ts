import type { packaging as english } from '../en/packaging.ts';
import type { Translation } from '../table.ts';

/** For who builds the desktop application. */
export const packaging = {
  'packaging.noElectron': (p) => ({
    message: `Установщик здесь не собрать: Electron ${p['version']} для ${p['platform']} на этой машине нет и загрузить его не удалось${p['detail'] ? ` (${p['detail']})` : ''}.`,
    hint:
      'Выполнить `node node_modules/electron/install.js` там, где доступны его выпуски, или назвать распакованный выпуск: `npm run package -- --electron FOLDER`. ' +
      'С `--dir` программа раскладывается вокруг простого Node, для проверки движка.',
  }),
  'packaging.noStandIn': (p) => ({
    message: `Без Electron программу можно разложить только на Linux с процессором x64, не на ${p['platform']}.`,
  }),
  'packaging.fetchFailed': (p) => ({
    message: `Пакет ${p['name']} не удалось получить из реестра npm: ${p['detail']}.`,
    hint: 'Проверить подключение к сети и снова выполнить `npm run package`.',
  }),
  'packaging.builderFailed': (p) => ({
    message: `electron-builder не смог закончить: ${p['detail']}`,
    hint: 'Инструменты для каждого вида установщика он скачивает, когда они нужны впервые; `npm run package -- --dir` обходится без них.',
  }),
  'packaging.missingPart': (p) => ({
    message: `Не хватает части программы: ${p['path']}.`,
    hint: 'Выполнить `npm ci` и `npm run setup`, затем снова `npm run package`.',
  }),
} satisfies Translation<typeof english>;
