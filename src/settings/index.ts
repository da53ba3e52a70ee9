import { adamw } from './adamw.ts';
import { augmentation } from './augmentation.ts';
import { backboneChoice } from './backbone.ts';
import { batches } from './batches.ts';
import { calibration } from './calibration.ts';
import { classWeighting } from './class-weights.ts';
import { colour } from './colour.ts';
import { cycles } from './cycles.ts';
import { dropout } from './dropout.ts';
import { earlyStopping } from './early-stopping.ts';
import { findRate } from './find-rate.ts';
import { folds } from './folds.ts';
import { gradientClipping } from './gradient-clipping.ts';
import { groupRates } from './group-scales.ts';
import { grouping } from './group-by.ts';
import { headInitialisation } from './head-start.ts';
import { headStrength } from './head-strength.ts';
import { heldOutChoice } from './held-out-choice.ts';
import { inputSize } from './input-size.ts';
import { labelSmoothing } from './label-smoothing.ts';
import { layerDecay } from './layer-decay.ts';
import { learningRate } from './learning-rate.ts';
import { mirror } from './mirror.ts';
import { momentum } from './momentum.ts';
import { normMode } from './norm-mode.ts';
import { optimizer } from './optimizer.ts';
import { parts } from './parts.ts';
import { peakDecay } from './peak-decay.ts';
import { pretrainedWeights } from './pretrained.ts';
import { randomCrop } from './random-crop.ts';
import { tuning } from './regime.ts';
import { schedule } from './schedule.ts';
import { seed } from './seed.ts';
import { shiftZoomTurn } from './shift-zoom-turn.ts';
import { snapshotEnsemble } from './snapshot-ensemble.ts';
import { stepDecay } from './step-decay.ts';
import { unfreezing } from './unfreezing.ts';
import { warmUp } from './warm-up.ts';
import { weightDecay } from './weight-decay.ts';

/** Every declaration. A form, a configuration file and a comparison have their settings in this order. */
export const declarations = [
  seed,
  parts,
  folds,
  heldOutChoice,
  grouping,
  batches,
  backboneChoice,
  inputSize,
  dropout,
  pretrainedWeights,
  augmentation,
  mirror,
  randomCrop,
  shiftZoomTurn,
  colour,
  tuning,
  layerDecay,
  headInitialisation,
  normMode,
  unfreezing,
  groupRates,
  headStrength,
  optimizer,
  momentum,
  adamw,
  weightDecay,
  gradientClipping,
  labelSmoothing,
  classWeighting,
  schedule,
  cycles,
  learningRate,
  findRate,
  warmUp,
  peakDecay,
  stepDecay,
  snapshotEnsemble,
  calibration,
  earlyStopping,
] as const;
