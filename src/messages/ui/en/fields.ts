import { configFields } from '../../../protocol/config-fields.ts';
import { fieldForms } from './field-forms.ts';

/** Of every setting: its label, and what its "?" unfolds: when one would change it. The line below it stands in the schema, or in `lines`. */
const words = {
  seed: [
    'Seed',
    'Draws the split, the order of pictures and every augmentation. Train with two or three seeds to see how much of a difference is luck.',
  ],

  'data.testFraction': [
    'Test part',
    'Raise it when there are few pictures and the final figure must be trusted: its interval shrinks with the square root of their number. A test folder of your own is used whole and makes this idle.',
  ],
  'data.noTest': [
    'No test part',
    'For a network that only has to be as good as possible, with pictures too few to set some aside. Judge it by pictures that you collect later.',
  ],
  'data.validationFraction': [
    'Validation part',
    'These pictures choose the snapshots and the members. Below about 100 of them a choice is mostly luck; above 1,000 more change little.',
  ],
  'data.folds': [
    'Folds',
    'More folds train each network on more of the pictures, and take that much longer. Five is usual, ten where pictures are very few.',
  ],
  'data.foldChoiceBelow': [
    'Folds below',
    'Set it to 0 to always hold one validation part out, or above the number of pictures to always use folds.',
  ],
  'data.batchSize': [
    'Batch',
    'Halve it when memory runs out, and lower the peak rate about as much. Very small batches make noisy steps; very large ones need a higher rate and generalise a little worse.',
  ],
  'data.sampler': [
    'Order of pictures',
    'Choose balanced when one class has many times the pictures of another and the rare one matters as much. Not together with balanced class weights.',
  ],

  'model.backbone': [
    'Backbone',
    'A larger network sees more and trains slower. Automatic tries those on this machine with frozen layers and takes the best on your pictures.',
  ],
  'model.pretrained': [
    'Pretrained weights',
    'Off only for pictures that look like nothing in a photo collection, such as spectrograms, with many thousands of them, or to see what the weights are worth.',
  ],
  'model.inputSize': [
    'Picture side',
    'Smaller is faster by the square. Raise it when what tells the classes apart is small in the picture; far from the size of the weights accuracy falls.',
  ],
  'model.dropout': [
    'Dropout',
    'Raise it to 0.2–0.5 when training accuracy runs far ahead of validation. With few epochs it mostly slows learning.',
  ],

  'augment.mode': [
    'Augmentation',
    'Each picture is shown changed in ways that do not change its class. Drawn anew is the strongest; fixed views let frozen layers run once a view, so they cost almost nothing.',
  ],
  'augment.views': [
    'Views a picture',
    'More views are nearer to drawing anew; disk and the time before the first epoch grow with them.',
  ],
  'augment.flip': [
    'Mirror',
    'Switch it off where left and right differ: letters, digits, arrows, traffic signs, medical pictures with a side.',
  ],
  'augment.cropMinScale': [
    'Random crop',
    'Lower it when the object fills the picture; keep it high when a crop may miss what makes the class.',
  ],
  'augment.shift': [
    'Shift',
    'For objects that are always centred in your pictures and will not be in use. The usual value for small pictures is 0.125.',
  ],
  'augment.scale': ['Zoom', 'For objects that will be nearer or farther in use than in your pictures.'],
  'augment.rotation': [
    'Rotation',
    'Up to 15 for hand-held photographs, 180 for pictures from above or through a microscope. Off where turning makes another class: 6 and 9.',
  ],
  'augment.brightness': ['Brightness', 'For light that changes between your pictures and the place of use.'],
  'augment.contrast': ['Contrast', 'For other cameras, haze, or screens.'],
  'augment.saturation': [
    'Saturation',
    'For other cameras and light. Off where a pale and a bright colour are two classes.',
  ],
  'augment.hue': [
    'Hue',
    'Small values, up to 0.05, for other white balance. Off where colour tells the classes apart: ripe and unripe.',
  ],

  'tune.regime': [
    'What learns',
    'Few pictures: the head alone. Some thousands: the upper layers. Many, or pictures unlike photographs: all layers.',
  ],
  'tune.freezeTo': [
    'Frozen groups',
    'Freeze more when validation falls behind training, or to save time and memory; freeze less when both stay low.',
  ],
  'tune.layerDecay': [
    'Layer decay',
    'Lower keeps the shallow layers nearer to what they learned before. 0.65–0.9 is usual; 1 gives all layers the same rate.',
  ],
  'tune.groupScales': [
    'Rate × of each group',
    'For layers that should move more or less than the decay says. Empty: the decay alone.',
  ],
  'tune.headStart': [
    'Start of the head',
    'Leave it solved: a random head sends large wrong gradients into the layers below and spoils what they know.',
  ],
  'tune.gradualUnfreezing': [
    'Unfreeze step by step',
    'Helps where the whole network forgets in the first epochs. It needs as many cycles as groups that learn.',
  ],
  'tune.normMode': [
    'Batch norm',
    'Frozen is right for fine-tuning with small batches. Updated is right from scratch, and for pictures of another kind with batches of 32 or more.',
  ],
  'tune.l2Grid': [
    'Candidates for λ',
    'Widen the list when the chosen value lies at its end: the run says which was chosen.',
  ],

  'optimizer.name': [
    'Optimizer',
    'Choose AdamW when training is unstable or the right rate is unknown, with a peak about ten times lower than for Nesterov.',
  ],
  'optimizer.momentum': ['Momentum', 'Lower it to 0.8 when the loss swings; 0.95 or more needs a lower rate.'],
  'optimizer.beta1': ['β₁', 'Rarely changed.'],
  'optimizer.beta2': ['β₂', 'Lower it to 0.99 for short runs, so that the mean of squares keeps up.'],
  'optimizer.epsilon': ['ε', 'Raise it to 1e-6 or more when steps of AdamW jump in the beginning.'],
  'optimizer.weightDecay': [
    'Weight decay',
    'Raise it tenfold when training accuracy runs far ahead of validation. With AdamW 0.01–0.05 is usual.',
  ],
  'optimizer.clipNorm': ['Clip gradients', 'Set it to 1 when the loss jumps or stops being a number.'],

  'loss.labelSmoothing': [
    'Label smoothing',
    'Lower it to 0 when the probabilities themselves matter, since it makes the network less sure than it is right. Helps against a few wrong labels.',
  ],
  'loss.classWeights': [
    'Class weights',
    'Choose balanced when the rare class matters as much as the common ones. Not together with the balanced sampler.',
  ],

  'schedule.name': [
    'Schedule',
    'Restarts give several networks for the price of one run. The others give one good network; constant is the baseline to beat.',
  ],
  'schedule.epochs': ['Epochs', 'Double it while validation still rises at the end.'],
  'schedule.maxLearningRate': [
    'Peak',
    'A third of it when the loss jumps or fine-tuning ends below where it began; three times as much when it hardly moves.',
  ],
  'schedule.minLearningRate': ['Floor', 'Almost always 0: a snapshot is best where the rate has come to rest.'],
  'schedule.warmupEpochs': [
    'Warm-up',
    'One epoch for AdamW, large batches, or a random head; a solved head needs none.',
  ],
  'schedule.cycleEpochs': [
    'Length',
    'Longer cycles make better single snapshots; shorter ones make more of them in the same time.',
  ],
  'schedule.cycleMultiplier': [
    'Growth',
    '2 doubles each cycle: quick early snapshots, a good last one. 1 keeps them equal, as snapshot ensembles have it.',
  ],
  'schedule.numCycles': ['Cycles', 'Each leaves one snapshot. Three to five give most of what an ensemble can give.'],
  'schedule.peakDecay': [
    'Peak falls by',
    'Below 1 later cycles stay nearer to the network before them: less diverse, each a little better.',
  ],
  'schedule.stepMilestones': ['Drops at', 'Where the loss flattens; half and three quarters is the usual pair.'],
  'schedule.stepFactor': ['Drop to', '0.1 is usual; nearer to 1 for more drops.'],

  'ensemble.start': [
    'Cycles start from',
    'Star keeps every member near the pretrained weights, which helps with high peaks and long cycles; chain needs nothing kept and often wins with short ones.',
  ],
  'ensemble.selection': [
    'Members',
    'Chosen drops members that help nothing and lets strong ones count twice. With under 100 validation pictures take all: the choice would be luck.',
  ],
  'ensemble.snapshots': [
    'Snapshots',
    'For a schedule without cycles. Those near the end resemble each other and add little.',
  ],

  'stop.patienceCycles': [
    'Stop after',
    'Saves time when you ask for many cycles and do not know how many help. 2 is a patient choice.',
  ],
} as const satisfies Record<string, readonly [label: string, help: string]>;

export type FieldKey = keyof typeof words;

/** Where the schema's line names values as one types them, the window has words of its own. */
const lines: Readonly<Partial<Record<FieldKey, string>>> = {
  'data.sampler': 'stratified: each batch holds all classes; balanced: each class equally often',
  'model.backbone': 'the network to start from; automatic compares those on this machine out of fold',
  'augment.mode': 'pictures changed in ways that keep their class: the network learns what does not matter',
  'augment.views': 'more variety, more disk and time before the first epoch',
  'tune.groupScales': 'learning-rate factor of every group, shallow to deep, in place of the decay',
  'tune.headStart': 'solved on the features first, so that a random head does not spoil the layers below',
  'optimizer.name': 'AdamW is less sensitive to the rate, Nesterov often ends better',
  'optimizer.momentum': 'how much of its direction a step keeps',
  'optimizer.beta1': 'of AdamW: mean of gradients',
  'optimizer.beta2': 'of AdamW: mean of squares',
  'optimizer.epsilon': 'of AdamW, outside the root',
  'optimizer.weightDecay': 'coupled L2 for SGD and momentum, decoupled for AdamW; never on biases or norm scales',
  'schedule.name': 'warm restarts leave a snapshot at the end of each cycle',
  'schedule.epochs': 'length of every schedule but warm restarts, whose length follows from its cycles',
  'schedule.maxLearningRate': 'where each cycle begins; of the deepest group',
  'schedule.minLearningRate': 'where each cycle ends; at 0 a snapshot settles fully',
  'schedule.cycleEpochs': 'of the first cycle',
  'schedule.stepMilestones': 'where the rate drops',
  'schedule.stepFactor': 'how far it drops',
  'ensemble.start': 'each from the one before, or each from the first fine-tuned network',
  'ensemble.selection': 'all, or those that help on validation, with repeats',
};

export interface FieldWords {
  readonly label: string;
  /** One line: why one would change it. */
  readonly why: string;
  /** When to change it. */
  readonly help: string;
}

export const fields = {
  settings: Object.fromEntries(
    Object.entries(words).map(([key, [label, help]]) => [
      key,
      { label, why: lines[key as FieldKey] ?? configFields.get(key)?.why ?? '', help },
    ]),
  ) as Record<FieldKey, FieldWords>,
  ...fieldForms,
};
