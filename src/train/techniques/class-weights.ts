import { classWeighting } from '../../settings/class-weights.ts';
import type { StepTechnique } from '../technique.ts';

/**
 * Class weights (King and Zeng 2001, Logistic Regression in Rare Events Data). 'balanced' as scikit-learn defines it:
 * n / (classes · n_c); a class without pictures weighs 0. Applied as PyTorch's CrossEntropyLoss(weight): column c of the (smoothed)
 * targets times weight[c], the sum divided by Σ weight[label], or by the number of pictures where rows mix classes.
 */
export const classWeights: StepTechnique = {
  declaration: classWeighting,
  active: (config) => config.loss.classWeights !== 'none',
  targets({ labels, count, classes, classCounts }, { targets, denominator, mixed }) {
    const weights = balancedWeights(classCounts);
    let weightOfLabels = 0;
    for (let i = 0; i < count; i++) weightOfLabels += weights[labels[i]!]!;
    return {
      targets: targets.map((target, i) => target * weights[i % classes]!),
      denominator: mixed ? denominator : weightOfLabels,
      mixed,
    };
  },
};

export function balancedWeights(classCounts: readonly number[]): number[] {
  const n = classCounts.reduce((sum, count) => sum + count, 0);
  return classCounts.map((count) => (count === 0 ? 0 : n / (classCounts.length * count)));
}
