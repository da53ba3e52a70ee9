import type { ensemble as english } from '../en/ensemble.ts';
import type { Translation } from '../table.ts';

export const ensemble = {
  'ensemble.noMembers': (p) => ({
    message: `У запуска ${p['runId']} ещё нет ни одного снимка.`,
    expected: 'хотя бы один снимок',
    received: `запуск в состоянии ${p['state']}`,
    hint: 'Первый появится в конце первого цикла.',
  }),
  'ensemble.noPredictions': (p) => ({
    message: `Ответы участников запуска ${p['runId']} на отложенных картинках больше не хранятся.`,
    hint: 'Их можно вычислить заново по самим участникам.',
  }),
  'ensemble.unknownMember': (p) => ({
    message: `У запуска ${p['runId']} нет участника «${p['received']}».`,
    expected: `один из ${(p['members'] as readonly string[]).join(', ')}`,
    received: String(p['received']),
  }),
  'ensemble.notComparable': () => ({
    message: 'Головы этого запуска судились каждая на своих картинках, поэтому выбирать между ними не по чему.',
    hint: 'Усредняются все.',
  }),
  'ensemble.notFinished': (p) => ({
    message: `Обучение ${p['runId']} не закончено: о контрольных картинках его снимки не спрошены.`,
    expected: 'законченное обучение',
    received: String(p['state']),
    hint: 'Продолжить его: контрольные картинки оцениваются в конце.',
  }),
  'ensemble.noTest': (p) => ({
    message: `В запуске ${p['runId']} картинки для контроля не отложены.`,
    hint: 'Обучить с контрольной частью: data.noTest выключено или есть папка test рядом с train.',
  }),
  'ensemble.trial': (p) => ({
    message: `Запуск ${p['runId']} пробный: на контрольные картинки он никогда не смотрит.`,
    hint: 'Обучить с теми же настройками обычным запуском: контрольные картинки оцениваются в его конце.',
  }),
  'ensemble.cannotCompute': () => ({
    message: 'Ответы на отложенных картинках дали сети блоков, а они не сохранены.',
    hint: 'Обучить заново, чтобы судить участников.',
  }),
  'ensemble.picturesGone': (p) => ({
    message: `Отложенные картинки больше не читаются (${p['count']}), первая из них ${p['path']}.`,
    hint: 'Вернуть их или обучить заново на папке, какая она есть.',
  }),
} satisfies Translation<typeof english>;
