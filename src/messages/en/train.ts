import type { MessageTable } from '../table.ts';

const percent = (value: unknown) => `${(100 * Number(value)).toFixed(1)} %`;
const points = (value: unknown) => `${(100 * Number(value)).toFixed(1)} points`;

export const train = {
  'train.tooFewPictures': (p) => ({
    message: 'There are too few pictures to train on.',
    expected: `at least 2 pictures a class to train on, ${2 * Number(p['classes'])} in all, and some more to validate and test with`,
    received: `${p['pictures']} pictures in ${p['classes']} classes`,
    hint: 'Add pictures, or keep all for training with --no-test.',
  }),
  'train.noBackbone': () => ({
    message: 'There is no pretrained network to start from.',
    hint: 'Run `anneal zoo list`, then pull one, or use --preset scratch.',
  }),
  'train.headNotLinear': (p) => ({
    message: `The head of ${p['architecture']} is not one linear layer, so it cannot be solved on cached features.`,
    hint: 'Choose another backbone.',
  }),
  'train.diverged': (p) => ({
    message: `Training diverged: the loss became ${p['loss']} at step ${p['step']}, at a learning rate of ${p['learningRate']}.`,
    expected: 'a finite loss',
    received: String(p['loss']),
    hint: 'Lower schedule.maxLearningRate (a third is a good next try), add warm-up, or set optimizer.clipNorm=1. The last checkpoint is kept.',
  }),
  'train.featuresNotCacheable': (p) => ({
    message: `Features at ${p['boundary']} cannot be cached: ${p['reason']}.`,
    expected: 'nothing random and nothing trainable below the freeze boundary',
    received: String(p['reason']),
    hint: "Use augment.mode=cachedViews or 'none', or freeze the layers below.",
  }),
  'train.worseThanStart': (p) => ({
    message: `Fine-tuning ended below the frozen backbone that it began from: ${percent(p['after'])} against ${percent(p['before'])} of ${p['n']} validation pictures.`,
    hint: 'Lower schedule.maxLearningRate (a third is a good next try), or take --preset quick.',
  }),
  'train.fineTuningHelps': (p) => ({
    message: `Fine-tuning is better than the frozen backbone by ${points(p['mean'])} (± ${points(p['standardError'])}) over the folds, which had ${percent(p['head'])}. All pictures are trained on now.`,
  }),
  'train.fineTuningDoesNotHelp': (p) => ({
    message: `Fine-tuning is not better than the frozen backbone beyond the noise of the folds: ${points(p['mean'])} (± ${points(p['standardError'])}). The frozen backbone with fold heads, ${percent(p['head'])}, is kept.`,
  }),
} satisfies MessageTable;
