import type { shell as english } from '../en/shell.ts';
import type { TextShape } from '../shape.ts';

export const shell: TextShape<typeof english> = {
  steps: 'Шаги',
  inspector: 'Подробности',
  runningJob: 'Идущая работа',
  views: {
    start: 'Начало',
    dataset: 'Картинки',
    train: 'Обучение',
    run: 'Ход обучения',
    ensemble: 'Ансамбль',
    tryIt: 'Проба',
    export: 'Экспорт',
    models: 'Модели',
    runs: 'Запуски',
    settings: 'Настройки',
  },
  missing: {
    dataset: 'Этому шагу нужен набор картинок. Сначала открыть папку.',
    run: 'Этому шагу нужен обученный запуск. Сначала обучить.',
    openFolder: 'Открыть папку',
    train: 'К обучению',
    runs: 'Выбрать запуск',
  },
};
