import type { PresetName } from './preset-names.ts';
import type { TrainConfigInput } from './train-config.ts';

/** Presets list only what differs from the fresh values of the declarations. */
export const presetOverrides: Readonly<Record<PresetName, TrainConfigInput>> = {
  // Frozen backbone, one head per fold on cached features: minutes on a laptop, hard to beat below a few hundred pictures.
  quick: { tune: { regime: 'head' } },
  // Head first, then all layers for few epochs on pictures that are augmented anew each time; batch norm keeps its statistics. What
  // does not beat the frozen backbone with its heads on held-out pictures is not kept (figures: test/bench/RESULTS.md).
  balanced: {
    tune: { regime: 'all', layerDecay: 0.8 },
    optimizer: { name: 'adamw', weightDecay: 0.01, clipNorm: 1 },
    augment: { mode: 'online', cropMinScale: 0.35, brightness: 0.2, contrast: 0.2 },
    loss: { labelSmoothing: 0.1 },
    schedule: { name: 'sgdr', cycleEpochs: 2, numCycles: 2, maxLearningRate: 0.0005 },
    ensemble: { selection: 'helpful' },
  },
  // All layers; each cycle starts from the first fine-tuned network, which keeps members in the basin of the pretrained weights.
  thorough: {
    tune: { regime: 'all', layerDecay: 0.8 },
    optimizer: { name: 'adamw', weightDecay: 0.01, clipNorm: 1 },
    augment: { mode: 'online', cropMinScale: 0.35, brightness: 0.2, contrast: 0.2, saturation: 0.2 },
    loss: { labelSmoothing: 0.1 },
    schedule: { name: 'sgdr', cycleEpochs: 4, numCycles: 4, maxLearningRate: 0.0005, warmupEpochs: 1 },
    ensemble: { start: 'star', selection: 'helpful' },
  },
  // Huang et al. 2017 (arXiv 1704.00109): a small net, few long cycles from a high rate.
  scratch: {
    model: { backbone: 'resnet20', pretrained: false, inputSize: 32 },
    data: { batchSize: 64 },
    tune: { regime: 'scratch', normMode: 'training', headStart: 'random' },
    augment: { mode: 'online', cropMinScale: 1, shift: 0.125 },
    schedule: { name: 'sgdr', cycleEpochs: 12, numCycles: 5, maxLearningRate: 0.1 },
    ensemble: { selection: 'greedy' },
  },
};
