import * as v from 'valibot';
import type { Immutable } from '../../base/immutable.ts';
import { count } from '../../protocol/schemas.ts';
import type { StepMeasures } from '../train-listener.ts';

/** Why a training is put back: what words tell of it. */
export const divergenceCauses = ['notFinite', 'loss', 'explosion', 'constant'] as const;
export type DivergenceCause = (typeof divergenceCauses)[number];

/** What the steps since the beginning, or since training was last put back, say of the loss. Part of a checkpoint: all is finite. */
export const lossWatchSchema = v.object({
  /** Loss of the very first step: of the network that training starts from. Null before it. */
  startLoss: v.nullable(v.number()),
  /** Σ (1 − d)·dⁿ⁻ⁱ·loss_i over the n steps seen, d = 0.9. */
  smoothed: v.number(),
  seen: count,
  /** Mean of ln(gradient norm) over the measured steps, and how many they were. */
  logNorm: v.number(),
  normsSeen: count,
});
export type LossWatch = Immutable<v.InferOutput<typeof lossWatchSchema>>;

export const freshWatch: LossWatch = { startLoss: null, smoothed: 0, seen: 0, logNorm: 0, normsSeen: 0 };

/** After training was put back: another beginning from a network that was known before. */
export function watchAgain({ startLoss }: LossWatch): LossWatch {
  return { ...freshWatch, startLoss };
}

/** The running loss reaches about as many steps back. */
const decay = 0.9;
/** So many steps tell nothing: fresh optimizer slots may need them. */
const grace = 10;
/** The same where training starts from no knowledge: losses of ten and more, and back, are usual for a random network at a high rate. */
const graceOfUnknowing = 50;
/** Norms that make a mean to compare the next one with. */
const normsNeeded = 3;

/** Exponential mean of the losses, corrected for its beginning at 0; null before the first step. */
export function runningLoss({ smoothed, seen }: LossWatch): number | null {
  return seen === 0 ? null : smoothed / (1 - decay ** seen);
}

/** What no useful network exceeds for long: the loss of the better-known of two beginnings, a constant answer and the start. */
export function lossBound({ startLoss }: LossWatch, constantLoss: number): number {
  return Math.max(constantLoss, startLoss ?? 0);
}

/**
 * The watch after one more step, and what that step shows. Margins are wide, for a false alarm costs a healthy training its rate:
 * - `notFinite`: loss or a measure is no number;
 * - `loss`: the running loss and the newest are above twice the bound plus 1 nat;
 * - `explosion`: it is a quarter above the bound, while one step replaced a layer group's weights (‖Δw‖ > ‖w‖; 1e-3 is usual), or the
 *   gradient's norm is a hundred times its geometric mean so far. Only steps that measure can tell.
 */
export function watchStep(
  watch: LossWatch,
  { loss, learningRate, ...measured }: StepMeasures,
  constantLoss: number,
): { readonly watch: LossWatch; readonly cause: DivergenceCause | null } {
  if (![loss, learningRate, ...Object.values(measured)].every(Number.isFinite)) return { watch, cause: 'notFinite' };
  const gradientNorm = measured['gradientNorm'] ?? 0;
  const next: LossWatch = {
    startLoss: watch.startLoss ?? loss,
    smoothed: decay * watch.smoothed + (1 - decay) * loss,
    seen: watch.seen + 1,
    ...(gradientNorm > 0 ? withNorm(watch, gradientNorm) : { logNorm: watch.logNorm, normsSeen: watch.normsSeen }),
  };
  const running = runningLoss(next)!;
  const bound = lossBound(next, constantLoss);
  if (next.seen <= (isKnowing(next, constantLoss) ? grace : graceOfUnknowing)) return { watch: next, cause: null };
  // The newest loss too: what has come down by itself needs no help.
  if (Math.min(running, loss) > far(bound)) return { watch: next, cause: 'loss' };
  return { watch: next, cause: running > above(bound) && explodes(watch, measured) ? 'explosion' : null };
}

/** Whether the losses speak for the state at hand, so that training may be put back to it. */
export function speaksWell(watch: LossWatch, constantLoss: number): boolean {
  const bound = lossBound(watch, constantLoss);
  return (runningLoss(watch) ?? 0) <= (isKnowing(watch, constantLoss) ? above(bound) : far(bound));
}

/** Above a bound by more than the noise of a few batches. */
const above = (bound: number): number => 1.25 * bound;
/** Where no loss stays that a lower rate would not have avoided. */
const far = (bound: number): number => 2 * bound + 1;

/** Whether training starts from a network that is clearly better than a constant answer. */
const isKnowing = ({ startLoss }: LossWatch, constantLoss: number): boolean =>
  startLoss !== null && startLoss < 0.8 * constantLoss;

function withNorm({ logNorm, normsSeen }: LossWatch, norm: number): Pick<LossWatch, 'logNorm' | 'normsSeen'> {
  return { logNorm: logNorm + (Math.log(norm) - logNorm) / (normsSeen + 1), normsSeen: normsSeen + 1 };
}

function explodes({ logNorm, normsSeen }: LossWatch, measured: Readonly<Record<string, number>>): boolean {
  const replaced = Object.entries(measured).some(([name, ratio]) => name.startsWith('updateRatio/') && ratio > 1);
  return replaced || (normsSeen >= normsNeeded && (measured['gradientNorm'] ?? 0) > 100 * Math.exp(logNorm));
}

/** An epoch of these many steps or more tells by its mean alone. */
const stepsOfTellingEpoch = grace;

/** Whether an epoch went worse than a constant answer although training started from a network that was better than one. */
export function epochIsLost(
  { startLoss }: LossWatch,
  epoch: { readonly meanLoss: number; readonly steps: number },
  constantLoss: number,
): boolean {
  if (startLoss === null || startLoss >= constantLoss || epoch.steps < stepsOfTellingEpoch) return false;
  return epoch.meanLoss > above(constantLoss);
}
