import { AnnealError } from '../base/errors.ts';
import { architectures, buildNet } from '../models/index.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { scoresNode } from '../models/rewrites.ts';
import { paramsOfNode } from '../models/spec-queries.ts';
import type { HostTensor } from '../weights/host-tensor.ts';

/**
 * The architecture whose parameters a file holds, by names and shapes; its classifier may have any number of outputs.
 * @throws zoo.notRecognised, naming the architecture that is nearest and what differs
 */
export function recogniseArchitecture(tensors: ReadonlyMap<string, HostTensor>): string {
  const candidates = [...architectures.keys()].map((name) => ({
    name,
    differences: differencesFrom(buildNet(name), tensors),
  }));
  const fit = candidates.find(({ differences }) => differences.length === 0);
  if (fit) return fit.name;
  const nearest = candidates.reduce((best, candidate) =>
    candidate.differences.length < best.differences.length ? candidate : best,
  );
  throw new AnnealError('zoo.notRecognised', {
    nearest: nearest.name,
    differing: nearest.differences.length,
    differences: nearest.differences.slice(0, 5),
    known: [...architectures.keys()],
  });
}

/** Parameters that are missing, surplus or of another shape, by name. */
function differencesFrom(spec: NetSpec, tensors: ReadonlyMap<string, HostTensor>): string[] {
  const { params } = spec;
  const headParams = new Set(paramsOfNode(scoresNode(spec)));
  const expected = new Set(params.map(({ name }) => name));
  const differences = params.flatMap(({ name, shape }) => {
    const found = tensors.get(name)?.shape;
    if (!found) return [`${name} is missing`];
    const kept = headParams.has(name) ? [found[0]!, ...shape.slice(1)] : shape;
    return found.join() === kept.join() ? [] : [`${name} is [${found.join('×')}], not [${shape.join('×')}]`];
  });
  const surplus = [...tensors.keys()].filter((name) => !expected.has(name) && !name.endsWith('num_batches_tracked'));
  return [...differences, ...surplus.map((name) => `${name} is not known`)];
}
