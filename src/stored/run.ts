import * as v from 'valibot';
import type { FailureData } from '../base/failure.ts';
import { accuracySchema, type Accuracy } from '../protocol/accuracy.ts';
import { chosenMemberSchema, sealSchema, type ChosenMember, type TestSeal } from '../protocol/ensemble-view.ts';
import { resultSchema, type RunResult } from '../protocol/run-event.ts';
import { failureSchema, fraction } from '../protocol/schemas.ts';
import { fieldsOf, storedKind } from './kind.ts';

export const resultKind = storedKind<RunResult>('runResult', resultSchema, [withFigures]);
export const accuracyKind = storedKind<Accuracy>('accuracy', accuracySchema);
export const chosenKind = storedKind<readonly ChosenMember[]>('chosenMembers', v.array(chosenMemberSchema));
export const failureKind = storedKind<FailureData>('failure', failureSchema);
export const sealKind = storedKind<TestSeal>('testSeal', sealSchema, [sealWithFigures]);
/** Accuracies at epoch ends. */
export const curveKind = storedKind<readonly number[]>('curve', v.array(fraction));

/** From version 1 to 2: an accuracy stood alone, and probabilities were never calibrated. */
export function withFigures(raw: unknown): unknown {
  return { ...fieldsOf(raw), figures: { ensemble: null, test: null }, temperature: 1, verdicts: [] };
}

/** From version 1 to 2: the accuracy of the test part stood alone. */
function sealWithFigures(raw: unknown): unknown {
  return { ...fieldsOf(raw), figures: null, verdicts: [] };
}
