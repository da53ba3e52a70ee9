/**
 * Numbers that this and test/oracles/formula.py compute alike, so that fixtures hold results only: a 32-bit hash of
 * (name, index) as a number in [-1, 1), scaled by role so that activations stay of order one.
 */
import { sizeOf } from '../../src/base/size-of.ts';
import type { NetSpec, ParamSpec } from '../../src/models/net-spec.ts';

function nameHash(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/** murmur3's finalizer over a Weyl sequence. */
export function formula(name: string, length: number): Float64Array {
  const start = nameHash(name);
  const values = new Float64Array(length);
  for (let index = 0; index < length; index++) {
    let h = (start + Math.imul(index + 1, 0x9e3779b1)) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    values[index] = ((h ^ (h >>> 16)) >>> 0) / 2147483648 - 1;
  }
  return values;
}

/** The number from u in [-1, 1): of weights by their fan-in, of what starts at 1 around 1, of the rest around 0. */
function scaling({ init, shape, trains }: ParamSpec): (u: number) => number {
  if (init.kind !== 'constant') {
    const bound = Math.sqrt(6 / sizeOf(shape.slice(1)));
    return (u) => u * bound;
  }
  if (init.value === 0) return (u) => 0.1 * u;
  return trains ? (u) => 0.8 + 0.2 * u : (u) => 1 + 0.4 * u;
}

/** torch's layout. */
function formulaParameter(param: ParamSpec): Float32Array {
  const length = sizeOf(param.shape);
  return new Float32Array(formula(param.name, length).map(scaling(param)));
}

export function formulaStateDict(spec: NetSpec): Map<string, { shape: readonly number[]; data: Float32Array }> {
  return new Map(spec.params.map((param) => [param.name, { shape: param.shape, data: formulaParameter(param) }]));
}

/** [batch, size, size, 3], row-major. */
export function formulaImages(batch: number, size: number, name = 'images/0'): Float32Array {
  return new Float32Array(formula(name, batch * size * size * 3).map((u) => 1.7 * u));
}
