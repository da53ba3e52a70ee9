import { plural } from '../format.ts';

const nounOf = { train: 'training', validation: 'validation', test: 'test', outOfFold: 'out-of-fold' } as const;

/** One run: live curves, snapshots, notes. Figures come formatted. */
export const run = {
  title: (number: number, name: string) => `run ${number} ${name}`,
  cycle: (now: number, total: number) => `cycle ${now}/${total}`,
  epoch: (done: number, total: number) => `epoch ${done}/${total}`,
  queuedBehind: (n: number) => `after ${n} other ${plural('en', n, { one: 'run', other: 'runs' })}`,

  pause: 'Pause',
  resume: 'Resume',
  stop: 'Stop and keep',
  unqueue: 'Remove from the queue',
  seeEnsemble: 'See the ensemble',
  openCause: 'Open the cause',
  changeSettings: 'Change the settings',
  trainAgain: 'Train again',
  more: 'More',
  rename: 'Rename…',
  note: 'Note…',
  pin: 'Pin',
  unpin: 'Unpin',
  copyConfig: 'Copy config',
  configCopied: 'The configuration is on the clipboard.',
  discard: 'Discard',
  discarded: (name: string) => `${name} was discarded.`,
  nameLabel: 'Name of the run',
  noteLabel: 'Note',
  notePlaceholder: 'What this run is to find out',
  save: 'Save',

  metrics: {
    ensemble: 'ensemble',
    best: 'best snapshot',
    loss: 'val. loss',
    speed: 'images/s',
    memory: 'memory',
    left: 'left',
    elapsed: 'time taken',
    of: (n: number, shown: string, split: keyof typeof nounOf) =>
      `of ${shown} ${nounOf[split]} ${plural('en', n, { one: 'picture', other: 'pictures' })}`,
    estimating: 'estimating',
  },

  plots: {
    accuracy: 'Accuracy',
    loss: 'Loss',
    rate: 'Learning rate',
    updates: 'Size of the updates',
    updatesUnit: '% of the weights, per layer group; 0.1 to 1 is usual',
    updateSummary: (group: string, percent: string) =>
      `The newest update of ${group} is ${percent} % of its weights' size; 0.1 to 1 % is usual.`,
    gradient: 'Size of the gradient',
    gradientUnit: 'norm over all weights that learn, before clipping',
    gradientSummary: (norm: string) =>
      `The newest gradient has the norm ${norm}; one that jumps up tells of an unsteady rate, one that goes to 0 of a net that learns no more.`,
    range: (from: string, to: string) => `${from}–${to} %`,
    rateUnit: 'a step, per layer group',
    axis: 'Axis',
    epoch: 'Epoch',
    time: 'Time',
    elapsed: 'time',
    smoothing: 'Smoothing',
    lossScale: 'Loss scale',
    names: { training: 'training', validation: 'validation', ensemble: 'ensemble', gradient: 'norm' },
    deepest: 'all groups',
    validationAccuracy: 'Validation accuracy',
    trainingAccuracy: 'Training accuracy',
    trainingLoss: 'Training loss',
    inEpochs: (n: number) => `in ${n} ${plural('en', n, { one: 'epoch', other: 'epochs' })}`,
    rateSummary: (now: string, cycles: string) => `The learning rate is ${now}; ${cycles}.`,
    cyclesDone: (done: number, total: number) => `${done} of ${total} cycles ended`,
    gap: (from: string, to: string) => `stood still ${from}–${to}`,
  },

  snapshots: {
    title: 'Ensemble',
    cards: 'Snapshots',
    none: 'The first snapshot comes at the end of the first cycle.',
    noneFolds: 'The members come when all heads are trained.',
    foldOf: (n: number, shown: string) =>
      `judged on ${shown} ${plural('en', n, { one: 'picture', other: 'pictures' })} that it did not train on`,
  },

  preparing: {
    title: 'Getting ready',
    counted: (what: string, done: string, total: string) => `${what}: ${done} of ${total}`,
    waiting: 'Waiting for its turn',
    starting: 'The compute process is starting.',
  },

  backbones: {
    title: 'Backbones compared',
    why: 'Each frozen backbone with a linear head, judged on pictures that its head did not see.',
    backbone: 'Backbone',
    l2: 'L2',
    accuracy: 'Accuracy',
    interval: '95 % interval',
    chosen: 'chosen',
    none: 'The comparison appears here when features are computed.',
    summary: (n: number, best: string, accuracy: string) =>
      `${n} ${plural('en', n, { one: 'choice', other: 'choices' })} compared; ${best} was chosen with ${accuracy}.`,
    comparing: (n: number) => `${n} compared so far.`,
  },

  timings: {
    title: 'Time spent',
    total: 'Total',
    seconds: 's',
  },

  confusion: 'Confusion of the newest ensemble',
  confusionWaits: 'The matrix appears with the first ensemble.',

  banners: {
    interrupted: (clock: string, epoch: string) =>
      `The run stopped at ${clock}${epoch ? ` in ${epoch}` : ''}. Everything up to there is kept. Resume goes on from there.`,
    cancelled: 'The run was stopped by hand. Its snapshots can be used; Resume goes on from the last checkpoint.',
    paused: 'Paused. The compute process waits; Resume goes on at the next step.',
    failed: 'The run failed. Its snapshots and the last checkpoint are kept.',
    restarted: (from: string, to: string, step: string) =>
      `The run stood still from ${from} to ${to} and was resumed from step ${step}.`,
    queued: 'Waiting in the queue.',
  },

  notes: {
    memorising: (epochs: number, since: string) =>
      `Validation loss has risen for ${epochs} epochs, since epoch ${since}, while training loss fell: the network is memorising the pictures. Stronger augmentation or fewer epochs help.`,
    trainingAbove:
      'Training loss lies above validation loss because it is measured on augmented pictures and smoothed labels. Nothing is wrong.',
    withLower: (rate: string) => `Try again with ${rate}`,
  },

  deleted: 'This run was deleted.',
  toRuns: 'Show all runs',
};
