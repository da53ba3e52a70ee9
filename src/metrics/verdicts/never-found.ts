import { classReports, confusionMatrix } from '../confusion-matrix.ts';
import { predictedClasses } from '../probabilities.ts';
import { level, type VerdictRule } from './judgement.ts';

/** More of them are one thing to see to, not many. */
const mostTold = 3;

/**
 * Classes none of whose pictures is recognised, the largest first. Told where a network that finds every other one would hardly miss
 * them all: from five pictures on.
 */
export const neverFound: VerdictRule = ({ split, classes, labels, probabilities }) => {
  const predicted = predictedClasses(probabilities, classes.length);
  if (new Set(predicted).size < 2) return [];
  const reports = classReports(confusionMatrix(predicted, labels, classes.length));
  return reports
    .map(({ recall, support }, label) => ({ recall, support, label }))
    .filter(({ recall, support }) => recall === 0 && 0.5 ** support < level)
    .sort((a, b) => b.support - a.support || a.label - b.label)
    .slice(0, mostTold)
    .map(({ label, support }) => ({
      code: 'verdict.neverFound',
      params: { label: classes[label]!, n: support, split },
    }));
};
