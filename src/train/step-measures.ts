import type { NetSpec } from '../models/net-spec.ts';
import type { TrainedParameter } from '../optim/trained-parameters.ts';
import { orderedSum } from '../tensor/ops/ordered-sum.ts';
import { sumOfSquares } from '../tensor/ops/sum-of-squares.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { StepChange, Tensors } from './technique.ts';

/**
 * What every step can tell of itself: `gradientNorm`, over all trained parameters and before any technique changed the gradients, and
 * for each layer group that trains `updateRatio/<group>`: ‖Δw‖ / ‖w‖, about 1e-3 where a rate fits (Karpathy, cs231n notes 3).
 */
export function plainMeasures(spec: NetSpec, trained: readonly TrainedParameter[], change: StepChange): Tensors {
  const measures: Tensors = { gradientNorm: norm(Object.values(change.gradients)) };
  spec.groups.forEach(({ name }, index) => {
    const names = trained.filter(({ group }) => group === index).map(({ param }) => param.name);
    if (names.length > 0) measures[`updateRatio/${name}`] = updateRatio(names, change);
  });
  return measures;
}

/** 0 where all weights are 0. */
function updateRatio(names: readonly string[], { before, after }: StepChange): Tensor {
  const moved = norm(names.map((name) => tf.sub(after[name]!, before[name]!)));
  return tf.divNoNan(moved, norm(names.map((name) => before[name]!)));
}

/** √Σx² over all tensors. */
function norm(tensors: readonly Tensor[]): Tensor {
  return tf.sqrt(orderedSum(tensors.map(sumOfSquares)));
}
