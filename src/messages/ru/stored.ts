import type { stored as english } from '../en/stored.ts';
import type { StoredName } from '../../stored/names.ts';
import type { Translation } from '../table.ts';

const kinds: Readonly<Record<StoredName, string>> = {
  configuration: 'настройки обучения',
  dataset: 'список картинок',
  pictureEdit: 'правка картинок',
  runResult: 'итог обучения',
  event: 'событие обучения',
  steps: 'шаги обучения',
  accuracy: 'точность',
  failure: 'ошибка обучения',
  chosenMembers: 'выбор участников',
  testSeal: 'взгляд на тестовую часть',
  curve: 'кривая точности',
  paths: 'список путей',
  process: 'отметка процесса',
  verification: 'проверка экспорта',
  checkpoint: 'контрольная точка',
  stage: 'этап обучения',
  members: 'список участников',
  heldOut: 'ответы на отложенных картинках',
  model: 'модель',
  bundle: 'пакет с моделью',
  zooRecord: 'описание сети',
  zooManifest: 'список сетей',
  draft: 'черновик обучения',
  preferences: 'предпочтения',
};

export const stored: Translation<typeof english> = {
  'stored.newer': (p) => ({
    message: `Записано более новым Anneal: ${kinds[p['kind'] as StoredName]}, ${p['where']} (формат ${p['received']}, этот читает до ${p['expected']}).`,
    hint: 'Обновить Anneal. Ничего не изменено.',
  }),
  'stored.damaged': (p) => ({
    message: `Повреждено: ${kinds[p['kind'] as StoredName]}, ${p['where']}${p['at'] === '' ? '' : `, место «${p['at']}»`}.`,
    received: `${p['detail']}`,
    hint: 'Взять снова там, откуда пришло: записать или скопировать модель, добавить сеть, обучить заново. Если не поможет, сообщить нам.',
  }),
};
