import type { NetSpec, ParamSpec } from '../models/net-spec.ts';
import { groupOfParam } from '../models/spec-queries.ts';

export interface TrainedParameter {
  readonly param: ParamSpec;
  /** Index into `NetSpec.groups`: the learning rate is that of the group. */
  readonly group: number;
  /** Whether weight decay acts on it: never on biases and normalisation. */
  readonly decays: boolean;
}

/** What the optimizer moves when layer groups below `freezeTo` are frozen, in torch's order. `groups.length` or more: nothing. */
export function trainedParameters(spec: NetSpec, freezeTo: number): TrainedParameter[] {
  const groups = groupOfParam(spec);
  return spec.params
    .filter(({ name, trains }) => trains && groups.get(name)! >= freezeTo)
    .map((param) => ({ param, group: groups.get(param.name)!, decays: param.decays }));
}
