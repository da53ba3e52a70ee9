import type { Technique } from '../technique.ts';

/** Target (1 − ε)·onehot + ε / classes, as PyTorch's CrossEntropyLoss(label_smoothing). */
export const labelSmoothing: Technique = {
  key: 'labelSmoothing',
  source: 'Szegedy et al. 2016, arXiv 1512.00567, section 7',
  active: (config) => config.loss.labelSmoothing > 0,
  targets(config, { count, classes }, { targets, denominator }) {
    const epsilon = config.loss.labelSmoothing;
    const smoothed = targets.map((target, i) => (i < count * classes ? target * (1 - epsilon) + epsilon / classes : 0));
    return { targets: smoothed, denominator };
  },
};
