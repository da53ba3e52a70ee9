import type { MessageTable } from '../table.ts';

const percent = (value: unknown) => `${(100 * Number(value)).toFixed(1)} %`;
const points = (value: unknown) => `${(100 * Number(value)).toFixed(1)} points`;

const rate = (value: unknown) => String(Number(Number(value).toPrecision(2)));

/** What went wrong in a training; the loss where an error of before causes were told. */
function divergence(p: Readonly<Record<string, unknown>>): string {
  const loss = Number(p['loss']);
  const shown = Number.isFinite(loss) ? String(Number(loss.toPrecision(3))) : String(p['loss']);
  const constant = Number(p['constantLoss']).toFixed(2);
  if (p['cause'] === 'loss')
    return `the loss rose to ${shown}, where one answer to all pictures would have ${constant}`;
  if (p['cause'] === 'explosion') return `single steps began to replace whole layers, with the loss at ${shown}`;
  if (p['cause'] === 'constant') return 'the network had come to give one answer to all pictures';
  return Number.isFinite(loss) ? 'the gradient was no longer a finite number' : `the loss became ${shown}`;
}

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
    message: `Training diverged at step ${p['step']}, at a learning rate of ${rate(p['learningRate'])}: ${divergence(p)}.${
      p['stepBacks'] ? ` It had been put back ${p['stepBacks']} times before, each time at a third of the rate.` : ''
    }`,
    expected: 'a loss that is finite and stays below that of a constant answer',
    received: divergence(p),
    hint: 'Lower schedule.maxLearningRate (a third is a good next try), add warm-up, or set optimizer.clipNorm=1. The last checkpoint is kept.',
  }),
  'train.divergedHeadsKept': (p) => ({
    message: `Fine-tuning diverged at step ${p['step']}, at a learning rate of ${rate(p['learningRate'])}: ${divergence(p)}. The frozen backbone with fold heads is kept.`,
    hint: 'Lower schedule.maxLearningRate (a third is a good next try), or set schedule.findRate=true.',
  }),
  'train.steppedBack': (p) => ({
    message: `At step ${p['step']} ${divergence(p)}. The weights were put back to those of ${
      Number(p['to']) === 0 ? 'the start' : `step ${p['to']}`
    }; from here on the learning rate is a third of what it was, at most ${rate(p['learningRate'])}.`,
    hint: 'If this is told more than once, start again with a lower schedule.maxLearningRate.',
  }),
  'train.rateFound': (p) => ({
    message: `A test of ${p['steps']} steps with rising rate ${
      p['limit'] === null
        ? 'found no rate at which the loss kept still'
        : `found the loss steady up to ${rate(p['limit'])}`
    }: the peak learning rate is ${rate(p['rate'])} (set: ${rate(p['set'])}).`,
  }),
  'train.headTooSure': (p) => ({
    message: `The fitted head was too sure of itself: held-out pictures want ${percent(p['share'])} of its strength, and training starts from that.`,
    hint: 'Add larger values to tune.l2Grid; if the training pictures are series of shots, group them.',
  }),
  'train.alwaysSame': (p) => ({
    message: `This snapshot calls all training pictures that it was asked about “${p['label']}”.`,
    hint: 'Lower schedule.maxLearningRate or train longer; where one class has most pictures, set loss.classWeights=balanced.',
  }),
  'train.featuresNotCacheable': (p) => ({
    message: `Features at ${p['boundary']} cannot be cached: ${p['reason']}.`,
    expected: 'nothing random and nothing trainable below the freeze boundary',
    received: String(p['reason']),
    hint: "Use augment.mode=cachedViews or 'none', or freeze the layers below.",
  }),
  'train.fineTuningKept': (p) => ({
    message: `Fine-tuning is better than the frozen backbone on the ${p['n']} validation pictures: ${percent(p['tuned'])} against ${percent(p['heads'])} (${points(p['gain'])} ± ${points(p['standardError'])}). It is kept.`,
  }),
  'train.headsKept': (p) => ({
    message: `Fine-tuning is not better than the frozen backbone beyond the noise of the ${p['n']} validation pictures: ${percent(p['tuned'])} against ${percent(p['heads'])}. The frozen backbone with fold heads is kept.`,
  }),
  'train.foldsDisagree': (p) => ({
    message: `Folds of your training pictures say ${percent(p['folds'])}, your ${p['m']} validation pictures ${percent(p['validation'])}: more than chance. The validation pictures choose.`,
    hint: 'Training pictures that belong together (one scene, one object, one patient) make folds look too good: group them with --group-by. Otherwise the validation pictures differ from the training pictures.',
  }),
  // Told by runs of earlier versions.
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
