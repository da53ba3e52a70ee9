import { cost, type NetCost } from '../../models/cost.ts';
import type { NetSpec } from '../../models/net-spec.ts';
import { pretrainedSpec } from '../../models/trained-spec.ts';
import { Recent } from './recent.ts';

const specs = new Recent<NetSpec>(64);
const costs = new WeakMap<NetSpec, Map<number, NetCost>>();

/** As pretrainedSpec; equal questions get the same object. */
export function knownSpec(...[backbone, classes, inputSize]: Parameters<typeof pretrainedSpec>): NetSpec {
  const key = JSON.stringify([backbone.architecture, backbone.preprocessing, classes, inputSize]);
  return specs.get(key, () => pretrainedSpec(backbone, classes, inputSize));
}

/** As cost, counted once for a spec and a size. */
export function costOf(spec: NetSpec, size: number = spec.preprocessing.inputSize): NetCost {
  const bySize = costs.get(spec) ?? new Map<number, NetCost>();
  costs.set(spec, bySize);
  const found = bySize.get(size) ?? cost(spec, size);
  bySize.set(size, found);
  return found;
}
