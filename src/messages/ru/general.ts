import type { general as english } from '../en/general.ts';
import type { Translation } from '../table.ts';

export const general = {
  internal: (p) => ({
    message: `Внутри Anneal что-то отказало: ${p['detail']}`,
    hint: 'Это наша ошибка. Запуск до последней контрольной точки сохранён.',
  }),
} satisfies Translation<typeof english>;
