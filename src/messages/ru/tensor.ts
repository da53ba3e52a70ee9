import type { tensor as english } from '../en/tensor.ts';
import type { Translation } from '../table.ts';

/** Most of these tell a developer that a computation is written in a way that cannot be compiled. */
export const tensor = {
  'tensor.noRuntime': (p) => ({
    message: 'Вычислять нечем: не загрузились ни TensorFlow, ни его замена WebAssembly.',
    received: `TensorFlow: ${String(p['native'])}; WebAssembly: ${String(p['wasm'])}`,
    hint: 'Выполнить `anneal setup`, затем `anneal doctor`.',
  }),
  'tensor.traceNeedsNative': (p) => ({
    message: 'Для этого нужен родной TensorFlow.',
    received: `вычислитель ${String(p['backend'])}`,
    hint: 'Выполнить `anneal setup`; `anneal doctor` скажет, чего не хватает.',
  }),
  'tensor.captured': (p) => ({
    message: `Собранная функция взяла тензор, которого ей не давали: ${String(p['tensor'])}.`,
    expected: 'только объявленные входы, состояние, постоянные и тензоры, созданные внутри',
    received: `тензор после узла ${String(p['after'])}`,
    hint: 'Объявить его входом (подаётся каждый раз) или постоянной (вшивается в граф).',
  }),
  'tensor.readInTrace': (p) => ({
    message: `Собранная функция прочла вычисленное значение в JavaScript после узла ${String(p['after'])}.`,
    hint: 'Оставить решение внутри графа или вычислить его заранее и подать.',
  }),
  'tensor.unknownAttribute': (p) => ({
    message: `Свойство ${String(p['name'])} вида ${String(p['type'])} после узла ${String(p['after'])} нельзя записать.`,
  }),
  'tensor.constantType': (p) => ({ message: `Постоянную вида ${String(p['dtype'])} нельзя вшить в граф.` }),
  'tensor.unknownInput': (p) => ({
    message: `${String(p['owner'])}: дан вход «${String(p['name'])}», которого нет.`,
    expected: (p['expected'] as readonly string[]).join(', '),
  }),
  'tensor.inputMismatch': (p) => ({
    message: `${String(p['owner'])} не берёт такой вход «${String(p['name'])}».`,
    expected: String(p['expected']),
    received: String(p['received']),
    hint: 'Собранная функция работает с одним размером: дополнить или отбросить последний пакет или собрать снова.',
  }),
  'tensor.unknownState': (p) => ({
    message: `Шаг ${String(p['step'])} дал новое значение для «${String(p['name'])}», которого нет в его состоянии.`,
  }),
  'tensor.disposed': () => ({ message: 'Собранную функцию вызвали после того, как её освободили.' }),
  'tensor.batchFrozen': (p) => ({
    message: `Сеть нельзя собрать для любого числа картинок: от него зависит ${p['node']}.`,
    hint: 'Это наша ошибка.',
  }),
  'tensor.badShape': (p) => ({
    message: `${String(p['op'])} не берёт ${String(p['what'])}.`,
    expected: String(p['expected']),
    received: String(p['received']),
  }),
} satisfies Translation<typeof english>;
