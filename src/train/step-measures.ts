import type { NetSpec } from '../models/net-spec.ts';
import { globalNorm } from '../optim/global-norm.ts';
import type { TrainedParameter } from '../optim/trained-parameters.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { StepChange, Tensors } from './technique.ts';

/**
 * What every step can tell of itself: `gradientNorm`, over all trained parameters and before any technique changed the gradients, and
 * for each layer group that trains `updateRatio/<group>`: ‖Δw‖ / ‖w‖, about 1e-3 where a rate fits (Karpathy, cs231n notes 3).
 */
export function plainMeasures(spec: NetSpec, trained: readonly TrainedParameter[], change: StepChange): Tensors {
  const measures: Tensors = { gradientNorm: globalNorm(Object.values(change.gradients)) };
  spec.groups.forEach(({ name }, index) => {
    const names = trained.filter(({ group }) => group === index).map(({ param }) => param.name);
    if (names.length > 0) measures[`updateRatio/${name}`] = updateRatio(names, change);
  });
  return measures;
}

/** 0 where all weights are 0. */
function updateRatio(names: readonly string[], { before, after }: StepChange): Tensor {
  const moved = globalNorm(names.map((name) => tf.sub(after[name]!, before[name]!)));
  return tf.divNoNan(moved, globalNorm(names.map((name) => before[name]!)));
}
