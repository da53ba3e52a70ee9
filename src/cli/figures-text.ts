import { describeError } from '../messages/describe.ts';
import { unevenFrom, type Figures } from '../protocol/figures.ts';
import type { Verdict } from '../protocol/verdict.ts';
import { percent } from './format.ts';
import type { Output } from './output.ts';

/** 'always “ok” 70.6 %, log loss 0.471, calibration error 3.2 %'; where classes are uneven also what weighs them alike. */
export function figuresText(figures: Figures, classes: readonly string[]): string {
  const { constant, logLoss, calibrationError, balancedAccuracy, macroF1, imbalance } = figures;
  const plain = [
    `always “${classes[constant.label]}” ${percent(constant.rate)}`,
    `log loss ${logLoss.toFixed(3)}`,
    `calibration error ${percent(calibrationError)}`,
  ];
  const uneven = [`balanced accuracy ${percent(balancedAccuracy)}`, `macro F1 ${percent(macroF1)}`];
  return [...plain, ...(imbalance > unevenFrom ? uneven : [])].join(', ');
}

/** One sentence a line, with what to do about it. */
export function showVerdicts(output: Output, verdicts: readonly Verdict[]): void {
  for (const { code, params } of verdicts) {
    const { message, hint } = describeError({ code, params: { ...params } });
    output.line(hint ? `${message} ${hint}` : message);
  }
}
