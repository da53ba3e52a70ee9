import { accuracyFromCount, countCorrect } from '../accuracy-of.ts';
import { constantAnswer } from '../constant-answer.ts';
import { mcnemar } from '../mcnemar.ts';
import { predictedClasses } from '../probabilities.ts';
import { signTest } from '../sign-test.ts';
import { level, type VerdictRule } from './judgement.ts';

/**
 * Is the network better than always answering the most frequent class? By the exact one-sided test over the pictures that only one of
 * the two gets right: an accuracy that lies above that rate by luck does not pass. Where even a faultless network could not pass, it is
 * the pictures that are too few, and that is what is told.
 */
export const againstConstant: VerdictRule = ({ split, classes, labels, probabilities }) => {
  const n = labels.length;
  const { label, rate } = constantAnswer(labels, classes.length);
  if (n === 0 || rate === 1) return [];
  const predicted = predictedClasses(probabilities, classes.length);
  const constant = new Int32Array(n).fill(label);
  const { onlyFirst, onlySecond } = mcnemar(predicted, constant, labels);
  if (signTest(onlyFirst, onlySecond) < level) return [];
  const { accuracy } = accuracyFromCount(countCorrect(predicted, labels), n, split);
  const others = Math.round(n * (1 - rate));
  const tooFew = accuracy > rate && signTest(others, 0) >= level;
  return [
    {
      code: tooFew ? 'verdict.tooFewToTell' : 'verdict.noBetterThanConstant',
      params: { label: classes[label]!, rate, accuracy, n, others, split },
    },
  ];
};
