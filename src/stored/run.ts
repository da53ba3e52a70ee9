import * as v from 'valibot';
import type { FailureData } from '../base/failure.ts';
import { accuracySchema, type Accuracy } from '../protocol/accuracy.ts';
import { chosenMemberSchema, sealSchema, type ChosenMember, type TestSeal } from '../protocol/ensemble-view.ts';
import { resultSchema, type RunResult } from '../protocol/run-event.ts';
import { failureSchema, fraction } from '../protocol/schemas.ts';
import { storedKind } from './kind.ts';

export const resultKind = storedKind<RunResult>('runResult', resultSchema);
export const accuracyKind = storedKind<Accuracy>('accuracy', accuracySchema);
export const chosenKind = storedKind<readonly ChosenMember[]>('chosenMembers', v.array(chosenMemberSchema));
export const failureKind = storedKind<FailureData>('failure', failureSchema);
export const sealKind = storedKind<TestSeal>('testSeal', sealSchema);
/** Accuracies at epoch ends. */
export const curveKind = storedKind<readonly number[]>('curve', v.array(fraction));
