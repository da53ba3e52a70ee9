import type { Technique } from '../technique.ts';

/**
 * 'balanced' as scikit-learn defines it: n / (classes · n_c); a class without pictures weighs 0. Applied as PyTorch's
 * CrossEntropyLoss(weight): column c of the (smoothed) targets times weight[c], the sum divided by Σ weight[label].
 */
export const classWeights: Technique = {
  key: 'classWeights',
  source: 'King and Zeng 2001, Logistic Regression in Rare Events Data',
  active: (config) => config.loss.classWeights !== 'none',
  conflict: (config) =>
    config.data.sampler === 'balanced' && config.loss.classWeights !== 'none'
      ? { code: 'train.balancedTwice', params: {} }
      : null,
  targets(_config, { labels, count, classes, classCounts }, { targets }) {
    const weights = balancedWeights(classCounts);
    let denominator = 0;
    for (let i = 0; i < count; i++) denominator += weights[labels[i]!]!;
    return { targets: targets.map((target, i) => target * weights[i % classes]!), denominator };
  },
};

export function balancedWeights(classCounts: readonly number[]): number[] {
  const n = classCounts.reduce((sum, count) => sum + count, 0);
  return classCounts.map((count) => (count === 0 ? 0 : n / (classCounts.length * count)));
}
