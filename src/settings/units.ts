import type { Unit } from './declaration.ts';

/** Units that settings are in; a declaration may also bring one of its own. */
export const units = {
  fractionOfPictures: { name: 'fraction of pictures', en: 'of all pictures', ru: 'от всех картинок' },
  fractionOfTrainingPictures: {
    name: 'fraction of training pictures',
    en: 'of the training pictures',
    ru: 'от обучающих картинок',
  },
  folds: { name: 'folds', en: 'folds', ru: 'блоков' },
  pictures: { name: 'pictures', en: 'pictures', ru: 'картинок' },
  pixels: { name: 'pixels', en: 'px', ru: 'пикс.' },
  probability: { name: 'probability', en: 'probability', ru: 'вероятность' },
  viewsAPicture: { name: 'views a picture', en: 'views', ru: 'видов' },
  fractionOfArea: { name: 'fraction of area', en: 'of the area', ru: 'площади' },
  fractionOfSide: { name: 'fraction of side', en: 'of the side', ru: 'стороны' },
  fraction: { name: 'fraction', en: 'fraction', ru: 'доля' },
  degrees: { name: 'degrees', en: 'degrees', ru: 'градусов' },
  turns: { name: 'turns', en: 'turns', ru: 'оборота' },
  layerGroups: { name: 'layer groups', en: 'groups', ru: 'групп' },
  factorAGroup: { name: 'factor a group', en: 'a group', ru: 'на группу' },
  factor: { name: 'factor', en: '×', ru: '×' },
  lambda: { name: 'λ of λ/2·‖w‖², loss a mean', en: 'λ', ru: 'λ' },
  factorAStep: { name: 'factor a step', en: 'a step', ru: 'на шаг' },
  gradientNorm: { name: 'norm of all gradients', en: 'norm', ru: 'норма' },
  epochs: { name: 'epochs', en: 'epochs', ru: 'эпох' },
  rate: { name: 'rate', en: 'rate', ru: 'темп' },
  cycles: { name: 'cycles', en: 'cycles', ru: 'циклов' },
  factorACycle: { name: 'factor a cycle', en: 'a cycle', ru: 'на цикл' },
  fractionOfAllSteps: { name: 'fraction of all steps', en: 'of all steps', ru: 'всех шагов' },
  snapshots: { name: 'snapshots', en: 'snapshots', ru: 'снимков' },
} as const satisfies Record<string, Unit>;
