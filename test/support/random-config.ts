import fc from 'fast-check';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';

const strength = (largest: number) => fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: largest, noNaN: true }));
const rate = fc.double({ min: 1e-4, max: 0.01, noNaN: true });
const groupScale = fc.double({ min: 0.1, max: 1, noNaN: true });

/** Valid configurations of one epoch, with rates at which the tiny network of three layer groups does not diverge. */
export const anyConfig: fc.Arbitrary<TrainConfigInput> = fc.record({
  seed: fc.nat(1000),
  data: fc.record({
    batchSize: fc.constant(5),
    sampler: fc.constantFrom('shuffle', 'stratified', 'balanced'),
  }),
  model: fc.record({ dropout: strength(0.5) }),
  augment: fc.record({
    mode: fc.constantFrom('none', 'online', 'cachedViews'),
    views: fc.integer({ min: 1, max: 3 }),
    flip: fc.boolean(),
    cropMinScale: fc.constantFrom(0.4, 1),
    shift: strength(0.2),
    scale: strength(0.2),
    rotation: strength(30),
    brightness: strength(0.4),
    contrast: strength(0.4),
    saturation: strength(0.4),
    hue: strength(0.2),
  }),
  tune: fc.record({
    regime: fc.constantFrom('upper', 'all', 'scratch'),
    layerDecay: fc.constantFrom(0.5, 1),
    groupScales: fc.option(fc.array(groupScale, { minLength: 3, maxLength: 3 }), { nil: null }),
    headStart: fc.constantFrom('fitted', 'random'),
    gradualUnfreezing: fc.boolean(),
    normMode: fc.constantFrom('frozen', 'training'),
  }),
  optimizer: fc.record({
    name: fc.constantFrom('sgd', 'momentum', 'nesterov', 'adamw'),
    momentum: strength(0.95),
    beta1: strength(0.95),
    beta2: strength(0.999),
    weightDecay: strength(0.1),
    clipNorm: strength(2),
  }),
  loss: fc.record({ labelSmoothing: strength(0.3), classWeights: fc.constantFrom('none', 'balanced') }),
  schedule: fc.record({
    name: fc.constantFrom('constant', 'linear', 'cosine', 'step', 'sgdr'),
    epochs: fc.constant(1),
    cycleEpochs: fc.constant(1),
    numCycles: fc.constant(1),
    maxLearningRate: rate,
    warmupEpochs: fc.constantFrom(0, 0.4),
  }),
});
