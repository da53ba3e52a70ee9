import type { StepTechnique } from '../technique.ts';
import { classWeights } from './class-weights.ts';
import { dropout } from './dropout.ts';
import { gradientClipping } from './gradient-clipping.ts';
import { labelSmoothing } from './label-smoothing.ts';

/** Every technique, in the order of application. */
export const techniques: readonly StepTechnique[] = [dropout, labelSmoothing, classWeights, gradientClipping];
