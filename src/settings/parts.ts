import { is } from './conditions.ts';
import { declare } from './declaration.ts';
import { number, toggle } from './setting.ts';
import { units } from './units.ts';

const noTest = toggle('data.noTest', {
  fresh: false,
  label: { en: 'No test part', ru: 'Без контрольной части' },
  why: {
    en: 'keep all pictures for training; then no test accuracy can be told',
    ru: 'учиться на всех картинках; тогда контрольную точность назвать нельзя',
  },
  help: {
    en: 'For a network that only has to be as good as possible, with pictures too few to set some aside. Judge it by pictures that you collect later.',
    ru: 'Для сети, которая просто должна быть как можно лучше, когда картинок слишком мало, чтобы часть отложить. Оценить её можно по картинкам, собранным позже.',
  },
});

export const parts = declare({
  key: 'parts',
  place: 'pictures parts',
  since: 1,
  settings: [
    number('data.validationFraction', {
      min: 0.05,
      max: 0.5,
      fresh: 0.2,
      unit: units.fractionOfTrainingPictures,
      label: { en: 'Validation part', ru: 'Отложенная часть' },
      why: {
        en: 'more pictures make choices less noisy and training poorer',
        ru: 'больше картинок — точнее выбор и беднее обучение',
      },
      help: {
        en: 'These pictures choose the snapshots and the members. Below about 100 of them a choice is mostly luck; above 1,000 more change little.',
        ru: 'По этим картинкам выбираются снимки и участники ансамбля. Меньше примерно 100 — выбор почти случаен, больше 1000 — мало что меняется.',
      },
    }),
    number('data.testFraction', {
      min: 0.05,
      max: 0.5,
      fresh: 0.2,
      effect: is(noTest, false),
      unit: units.fractionOfPictures,
      label: { en: 'Test part', ru: 'Контрольная часть' },
      why: {
        en: 'set aside before anything is chosen, when the folder brings no test split',
        ru: 'откладывается до любого выбора, если в папке нет своей контрольной выборки',
      },
      help: {
        en: 'Raise it when there are few pictures and the final figure must be trusted: its interval shrinks with the square root of their number. A test folder of your own is used whole and makes this idle.',
        ru: 'Увеличить, когда картинок мало, а итоговой точности надо доверять: её интервал сужается как корень из их числа. Своя папка test берётся целиком, тогда доля не действует.',
      },
    }),
    noTest,
  ],
});
