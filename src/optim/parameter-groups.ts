import { lrScales } from '../models/lr-scales.ts';
import type { NetSpec, ParamSpec } from '../models/net-spec.ts';
import { groupOfParam } from '../models/spec-queries.ts';
import type { TrainConfig } from '../protocol/train-config.ts';

type TuneConfig = TrainConfig['tune'];

export interface TrainedParameter {
  readonly param: ParamSpec;
  /** Index into `NetSpec.groups`. */
  readonly group: number;
  /** Factor on the learning rate of the step: that of its group. */
  readonly lrScale: number;
  /** λ; 0 for biases and normalisation. */
  readonly weightDecay: number;
}

export interface ParameterGroups {
  /** One factor a layer group, shallow to deep; the frozen groups have theirs too. */
  readonly lrScales: readonly number[];
  /** What the optimizer moves, in torch's order. */
  readonly trained: readonly TrainedParameter[];
}

/**
 * What is trained and how, when layer groups below `freezeTo` are frozen. `groups.length` or more trains nothing.
 * Throws `optim.groupScaleCount`.
 */
export function parameterGroups(
  spec: NetSpec,
  tune: TuneConfig,
  freezeTo: number,
  weightDecay: number,
): ParameterGroups {
  const scales = lrScales(spec, tune);
  const groups = groupOfParam(spec);
  const trained = spec.params
    .filter((param) => param.trains && groups.get(param.name)! >= freezeTo)
    .map((param) => {
      const group = groups.get(param.name)!;
      const lrScale = scales[group]!;
      return { param, group, lrScale, weightDecay: param.decays ? weightDecay : 0 };
    });
  return { lrScales: scales, trained };
}
