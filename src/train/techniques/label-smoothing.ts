import { labelSmoothing as declaration } from '../../settings/label-smoothing.ts';
import type { StepTechnique } from '../technique.ts';

/** Target (1 − ε)·target + ε / classes, as PyTorch's CrossEntropyLoss(label_smoothing); Szegedy et al. 2016, arXiv 1512.00567, section 7. */
export const labelSmoothing: StepTechnique = {
  declaration,
  active: (config) => config.loss.labelSmoothing > 0,
  targets({ count, classes }, { targets, ...rest }, _drawn, { loss: { labelSmoothing: epsilon } }) {
    const smoothed = targets.map((target, i) => (i < count * classes ? target * (1 - epsilon) + epsilon / classes : 0));
    return { ...rest, targets: smoothed };
  },
};
