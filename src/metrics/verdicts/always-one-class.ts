import { constantAnswer } from '../constant-answer.ts';
import { predictedClasses } from '../probabilities.ts';
import type { VerdictRule } from './judgement.ts';

/** One answer to pictures of several classes: the network does not look at them. */
export const alwaysOneClass: VerdictRule = ({ split, classes, labels, probabilities }) => {
  const [first, ...others] = new Set(predictedClasses(probabilities, classes.length));
  if (first === undefined || others.length > 0) return [];
  if (constantAnswer(labels, classes.length).rate === 1) return [];
  return [{ code: 'verdict.alwaysOneClass', params: { label: classes[first]!, n: labels.length, split } }];
};
