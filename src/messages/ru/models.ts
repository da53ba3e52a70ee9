import type { models as english } from '../en/models.ts';
import { list, type Translation } from '../table.ts';

/** The first few of many names. */
function some(value: unknown): string {
  const names = Array.isArray(value) ? value.map(String) : [];
  if (names.length === 0) return 'нет';
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} и ещё ${names.length - 5}` : names.join(', ');
}

export const models = {
  'models.unknownArchitecture': (p) => ({
    message: `Сети «${p['name']}» нет.`,
    expected: `одна из ${list(p['known'])}`,
    received: `«${p['name']}»`,
    ...(p['nearest'] === null ? {} : { hint: `Может быть, «${p['nearest']}»?` }),
  }),
  'models.unknownNode': (p) => ({
    message: `В ${p['architecture']} нет слоя «${p['name']}».`,
    ...(p['nearest'] === null ? {} : { hint: `Может быть, «${p['nearest']}»?` }),
  }),
  'models.freezeOutOfRange': (p) => ({
    message: `freezeTo ${p['freezeTo']} — не группа слоёв ${p['architecture']}.`,
    expected: `целое от 0 (ничего не заморожено) до ${p['last']} (учится только голова)`,
    received: `${p['freezeTo']}`,
  }),
  'models.classesOutOfRange': (p) => ({
    message: 'Сети нужен хотя бы один класс.',
    expected: 'целое число классов, от 1',
    received: `${p['classes']}`,
  }),
  'models.notBelow': (p) => ({
    message: `В ${p['architecture']} «${p['to']}» не вычислить из одного «${p['from']}».`,
    expected: 'слой, все пути к которому от картинки идут через первый',
    hint: 'Резать в конце группы слоёв: там выход — один слой.',
  }),
  'models.parameterMismatch': (p) => ({
    message: `Эти веса не подходят к ${p['architecture']}.`,
    expected: 'каждый параметр со своим именем и размером и ни одного лишнего',
    received: [
      `не хватает: ${some(p['missing'])}`,
      `лишние: ${some(p['unexpected'])}`,
      `другой размер: ${some(p['mismatched'])}`,
    ].join('; '),
    hint: 'Выбрать ту сеть, из которой записан файл. При другом числе классов голову не брать.',
  }),
  'models.inputTooSmall': (p) => ({
    message: `${p['architecture']} не берёт картинки ${p['size']} × ${p['size']}: на «${p['node']}» ничего не остаётся.`,
    hint: 'Взять большую сторону картинки.',
  }),
} satisfies Translation<typeof english>;
