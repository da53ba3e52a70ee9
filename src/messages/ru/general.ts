import type { general as english } from '../en/general.ts';
import type { Translation } from '../table.ts';

export const general = {
  internal: (p) => ({
    message: `Внутри Anneal что-то отказало: ${p['detail']}`,
    hint: 'Это наша ошибка. Обучение до последней контрольной точки сохранено.',
  }),
} satisfies Translation<typeof english>;
