import type { model as english } from '../en/model.ts';
import type { Translation } from '../table.ts';

export const model = {
  'model.unknownClasses': (p) => ({
    message: 'В папке есть классы, которых модель не знает.',
    expected: `классы из числа: ${(p['classes'] as readonly string[]).join(', ')}`,
    received: (p['unknown'] as readonly string[]).join(', '),
    hint: 'Назвать папки так же, как модель называет свои классы.',
  }),
  'model.missing': (p) => ({
    message: `В ${p['folder']} нет обученной модели.`,
    expected: 'завершённый запуск или записанная модель (*.anneal)',
    hint: 'У прерванного запуска модели ещё нет: его можно продолжить.',
  }),
  'model.missingFile': (p) => ({
    message: `Не хватает файла модели: ${p['file']} в ${p['where']}.`,
    hint: 'Взять модель снова там, где она была записана: её части нераздельны.',
  }),
  'model.checksum': (p) => ({
    message: `Файл модели не таков, каким был записан: ${p['file']} в ${p['where']}.`,
    expected: `${p['expected']}`,
    received: `${p['received']}`,
    hint: 'Он изменён или повреждён в пути. Записать или скопировать модель снова.',
  }),
  'model.pictureSize': (p) => ({
    message: 'Модели даны картинки не того размера, который она берёт.',
    expected: `${p['expected']} байт (по ${p['side']} × ${p['side']} пикселей)`,
    received: `${p['received']} байт`,
  }),
  'model.noMember': (p) => ({
    message: `В модели нет участника «${p['received']}».`,
    expected: `один из ${(p['members'] as readonly string[]).join(', ')}`,
    received: String(p['received']),
  }),
} satisfies Translation<typeof english>;
