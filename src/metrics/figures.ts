import type { Figures } from '../protocol/figures.ts';
import { expectedCalibrationError } from './calibration.ts';
import { balancedAccuracy, classReports, confusionMatrix, macroF1 } from './confusion-matrix.ts';
import { constantAnswer } from './constant-answer.ts';
import { logLoss } from './log-loss.ts';
import { predictedClasses, type Probabilities } from './probabilities.ts';

/** Few enough that bins of a few hundred pictures are not all noise, many enough to see a network that is too sure. */
const bins = 10;

/** What stands beside an accuracy, of the same pictures; null where there are none. */
export function figuresOf(probabilities: Probabilities, labels: ArrayLike<number>, classes: number): Figures | null {
  if (labels.length === 0) return null;
  const reports = classReports(confusionMatrix(predictedClasses(probabilities, classes), labels, classes));
  const judged = reports.map(({ support }) => support).filter((support) => support > 0);
  return {
    logLoss: logLoss(probabilities, labels),
    calibrationError: Math.min(1, expectedCalibrationError(probabilities, labels, bins)),
    balancedAccuracy: balancedAccuracy(reports),
    macroF1: macroF1(reports, 'judged'),
    constant: constantAnswer(labels, classes),
    imbalance: Math.max(...judged) / Math.min(...judged),
  };
}
