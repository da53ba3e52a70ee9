import * as v from 'valibot';
import { field, integerIn, numberIn } from './field.ts';

/** Every hyper-parameter of a run: name with unit, default, range, why. Presets list overrides only. */
const data = v.strictObject({
  testFraction: field(numberIn(0.05, 0.5), 0.2, {
    unit: 'fraction of pictures',
    why: 'set aside before anything is chosen, when the folder brings no test split',
    role: 'host',
  }),
  noTest: field(v.boolean(), false, {
    unit: null,
    why: 'keep all pictures for training; then no test accuracy can be told',
    role: 'host',
  }),
  validationFraction: field(numberIn(0.05, 0.5), 0.2, {
    unit: 'fraction of training pictures',
    why: 'more pictures make choices less noisy and training poorer',
    role: 'host',
  }),
  folds: field(integerIn(2, 20), 5, {
    unit: 'folds',
    why: 'parts for the out-of-fold choice on small data',
    role: 'host',
  }),
  foldChoiceBelow: field(integerIn(0, 100_000), 500, {
    unit: 'pictures',
    why: 'below this many training pictures one validation part is too noisy: folds choose, then all pictures train',
    role: 'host',
  }),
  batchSize: field(integerIn(1, 1024), 32, {
    unit: 'pictures',
    why: 'larger is faster and smoother, and needs more memory',
    role: 'structure',
  }),
  sampler: field(v.picklist(['shuffle', 'stratified', 'balanced']), 'shuffle', {
    unit: null,
    why: 'stratified: each batch holds all classes; balanced: each class equally often',
    role: 'host',
  }),
});

const model = v.strictObject({
  backbone: field(v.string(), 'auto', {
    unit: null,
    why: "a zoo name; 'auto' compares those on this machine out of fold",
    role: 'structure',
  }),
  pretrained: field(v.boolean(), true, { unit: null, why: 'off: start from random weights', role: 'host' }),
  inputSize: field(v.nullable(integerIn(16, 1024)), null, {
    unit: 'pixels',
    why: 'smaller is faster; empty: the size the weights were trained at',
    role: 'structure',
  }),
  dropout: field(numberIn(0, 0.9), 0, {
    unit: 'probability',
    why: 'before the classifier; helps when training accuracy runs far ahead of validation',
    role: 'structure',
  }),
});

const augment = v.strictObject({
  mode: field(v.picklist(['none', 'online', 'cachedViews']), 'none', {
    unit: null,
    why: 'online: new each epoch; cachedViews: a fixed number of views, so frozen layers run once',
    role: 'structure',
  }),
  views: field(integerIn(1, 64), 4, {
    unit: 'views a picture',
    why: 'for cachedViews: more variety, more disk and time before the first epoch',
    role: 'host',
  }),
  flip: field(v.boolean(), true, {
    unit: null,
    why: 'mirror left and right; switch off where the side carries the class',
    role: 'structure',
  }),
  cropMinScale: field(numberIn(0.05, 1), 0.6, {
    unit: 'fraction of area',
    why: 'random resized crop: smallest part of the picture shown; 1 is no crop',
    role: 'input',
  }),
  shift: field(numberIn(0, 0.5), 0, {
    unit: 'fraction of side',
    why: 'largest shift in each direction',
    role: 'input',
  }),
  scale: field(numberIn(0, 0.5), 0, { unit: 'fraction', why: 'zoom drawn from 1 − s to 1 + s', role: 'input' }),
  rotation: field(numberIn(0, 180), 0, { unit: 'degrees', why: 'largest turn; a turned 6 is a 9', role: 'input' }),
  brightness: field(numberIn(0, 0.9), 0, { unit: 'fraction', why: 'factor drawn from 1 − b to 1 + b', role: 'input' }),
  contrast: field(numberIn(0, 0.9), 0, { unit: 'fraction', why: 'factor drawn from 1 − c to 1 + c', role: 'input' }),
  saturation: field(numberIn(0, 0.9), 0, { unit: 'fraction', why: 'factor drawn from 1 − s to 1 + s', role: 'input' }),
  hue: field(numberIn(0, 0.5), 0, { unit: 'turns', why: 'largest turn of the colour circle', role: 'input' }),
});

const tune = v.strictObject({
  regime: field(v.picklist(['head', 'upper', 'all', 'scratch']), 'head', {
    unit: null,
    why: 'how deep training reaches into the network',
    role: 'structure',
  }),
  freezeTo: field(v.nullable(integerIn(0, 64)), null, {
    unit: 'layer groups',
    why: "groups below this index stay frozen; empty: the regime's own",
    role: 'structure',
  }),
  layerDecay: field(numberIn(0.05, 1), 1, {
    unit: 'factor a group',
    why: 'learning rate falls by this factor from each group to the one below it',
    role: 'input',
  }),
  groupScales: field(v.nullable(v.array(numberIn(0, 100))), null, {
    unit: 'factor',
    why: 'learning-rate scale of every group, shallow to deep, in place of layerDecay',
    role: 'input',
  }),
  headStart: field(v.picklist(['fitted', 'random']), 'fitted', {
    unit: null,
    why: 'fitted: the head is first solved on the features, so that a random head does not spoil the layers below',
    role: 'host',
  }),
  gradualUnfreezing: field(v.boolean(), false, {
    unit: null,
    why: 'one more group is unfrozen with each cycle',
    role: 'structure',
  }),
  normMode: field(v.picklist(['frozen', 'training']), 'frozen', {
    unit: null,
    why: 'batch norm of the unfrozen layers: keep its averages, or use and update batch statistics',
    role: 'structure',
  }),
  l2Grid: field(v.pipe(v.array(numberIn(0, 1e6)), v.minLength(1)), [1e-4, 1e-3, 1e-2, 1e-1, 1], {
    unit: 'λ of λ/2·‖w‖², loss a mean',
    why: 'candidates for the head on cached features; chosen out of fold',
    role: 'host',
  }),
});

const optimizer = v.strictObject({
  name: field(v.picklist(['sgd', 'momentum', 'nesterov', 'adamw']), 'nesterov', {
    unit: null,
    why: 'adamw is less sensitive to the rate, nesterov often ends better',
    role: 'structure',
  }),
  momentum: field(numberIn(0, 0.999), 0.9, { unit: 'factor', why: 'of momentum and nesterov', role: 'structure' }),
  beta1: field(numberIn(0, 0.9999), 0.9, { unit: 'factor', why: 'of adamw, mean of gradients', role: 'structure' }),
  beta2: field(numberIn(0, 0.99999), 0.999, { unit: 'factor', why: 'of adamw, mean of squares', role: 'structure' }),
  epsilon: field(numberIn(1e-12, 0.1), 1e-8, { unit: null, why: 'of adamw, outside the root', role: 'structure' }),
  weightDecay: field(numberIn(0, 1), 1e-4, {
    unit: 'factor a step',
    why: 'coupled L2 for sgd and momentum, decoupled for adamw; never on biases or norm scales',
    role: 'structure',
  }),
  clipNorm: field(numberIn(0, 1e6), 0, { unit: 'norm of all gradients', why: '0: no clipping', role: 'structure' }),
});

const loss = v.strictObject({
  labelSmoothing: field(numberIn(0, 0.9), 0, {
    unit: 'probability',
    why: 'keeps the network from certainty; 0.1 is common',
    role: 'structure',
  }),
  classWeights: field(v.picklist(['none', 'balanced']), 'none', {
    unit: null,
    why: 'balanced: rare classes weigh more',
    role: 'structure',
  }),
});

const schedule = v.strictObject({
  name: field(v.picklist(['constant', 'linear', 'cosine', 'step', 'sgdr']), 'sgdr', {
    unit: null,
    why: 'sgdr restarts warm and leaves a snapshot at each cycle end',
    role: 'host',
  }),
  epochs: field(integerIn(1, 10_000), 20, {
    unit: 'epochs',
    why: 'length of every schedule but sgdr, whose length follows from its cycles',
    role: 'host',
  }),
  maxLearningRate: field(numberIn(1e-8, 10), 0.01, { unit: 'rate', why: 'peak; of the deepest group', role: 'host' }),
  minLearningRate: field(numberIn(0, 10), 0, { unit: 'rate', why: 'floor', role: 'host' }),
  warmupEpochs: field(numberIn(0, 100), 0, {
    unit: 'epochs',
    why: 'linear from the floor to the peak before the first cycle',
    role: 'host',
  }),
  cycleEpochs: field(integerIn(1, 1000), 5, { unit: 'epochs', why: 'length of the first cycle', role: 'host' }),
  cycleMultiplier: field(numberIn(1, 10), 1, {
    unit: 'factor',
    why: 'each cycle is this much longer than the last',
    role: 'host',
  }),
  numCycles: field(integerIn(1, 100), 3, { unit: 'cycles', why: 'one snapshot each', role: 'host' }),
  peakDecay: field(numberIn(0.01, 1), 1, {
    unit: 'factor a cycle',
    why: 'peak falls by this factor with each cycle',
    role: 'host',
  }),
  stepMilestones: field(v.array(numberIn(0, 1)), [0.5, 0.75], {
    unit: 'fraction of all steps',
    why: "where 'step' drops the rate",
    role: 'host',
  }),
  stepFactor: field(numberIn(0.001, 1), 0.1, { unit: 'factor', why: "how far 'step' drops it", role: 'host' }),
});

const ensemble = v.strictObject({
  start: field(v.picklist(['chain', 'star']), 'chain', {
    unit: null,
    why: 'chain: each cycle goes on from the last; star: each starts from the first fine-tuned network (arXiv 2303.03374)',
    role: 'host',
  }),
  selection: field(v.picklist(['all', 'greedy']), 'all', {
    unit: null,
    why: 'greedy: members chosen on validation, with replacement (Caruana 2004)',
    role: 'host',
  }),
  snapshots: field(integerIn(1, 100), 1, {
    unit: 'snapshots',
    why: 'for schedules without cycles: taken at equal distances to the end',
    role: 'host',
  }),
});

const stop = v.strictObject({
  patienceCycles: field(integerIn(0, 100), 0, {
    unit: 'cycles',
    why: '0: never; else stop when validation has not improved for so many cycles, best weights restored',
    role: 'host',
  }),
});

export const presetNames = ['quick', 'balanced', 'thorough', 'scratch'] as const;
export type PresetName = (typeof presetNames)[number];

export const trainConfigSchema = v.strictObject({
  formatVersion: v.optional(v.literal(1), 1),
  preset: v.optional(v.picklist(presetNames), 'balanced'),
  seed: field(integerIn(0, 2 ** 31 - 1), 0, {
    unit: null,
    why: 'equal seeds repeat a run bit for bit on one machine',
    role: 'host',
  }),
  data: v.optional(data, {}),
  model: v.optional(model, {}),
  augment: v.optional(augment, {}),
  tune: v.optional(tune, {}),
  optimizer: v.optional(optimizer, {}),
  loss: v.optional(loss, {}),
  schedule: v.optional(schedule, {}),
  ensemble: v.optional(ensemble, {}),
  stop: v.optional(stop, {}),
});

export type TrainConfig = v.InferOutput<typeof trainConfigSchema>;
export type TrainConfigInput = v.InferInput<typeof trainConfigSchema>;
