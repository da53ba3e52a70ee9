import { AnnealError } from '../base/errors.ts';
import type { NetSpec, ParamSpec } from '../models/net-spec.ts';
import { groupOfParam } from '../models/spec-queries.ts';
import type { Tensor } from '../tensor/tf.ts';
import { fromRuntimeLayout, toRuntimeLayout } from './layout.ts';

/** A tensor as files hold it: numbers in row-major order. */
export interface HostArray {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

export type StateDict = ReadonlyMap<string, HostArray> | Readonly<Record<string, HostArray>>;

export interface LoadOptions {
  /** `skip`: the head's parameters are neither asked for nor loaded (another number of classes). Default: `load`. */
  readonly head?: 'load' | 'skip';
}

/**
 * Parameters and statistics of a torch state dict in the runtime's layout, by name; the caller disposes them.
 * Strict: every one must be there with its shape and nothing else may be. torch's step counters
 * (`num_batches_tracked`) are left out, and the `module.` that DataParallel puts before every name is taken off.
 * Throws `models.parameterMismatch` with all names that do not fit.
 */
export function loadParameters(spec: NetSpec, stateDict: StateDict, options: LoadOptions = {}): Record<string, Tensor> {
  const given = plainNames(stateDict);
  const groups = groupOfParam(spec);
  const head = spec.groups.length - 1;
  const wanted = spec.params.filter((param) => options.head !== 'skip' || groups.get(param.name) !== head);
  checkFit(spec, wanted, given);
  return Object.fromEntries(
    wanted.map((param) => [param.name, toRuntimeLayout(param, asFloat32(given.get(param.name)!.data))]),
  );
}

/** The reverse: torch's layout, by torch's names, in state_dict order, for every parameter that `tensors` holds. */
export function parametersToHost(
  spec: NetSpec,
  tensors: Readonly<Record<string, Tensor>>,
): Record<string, { shape: number[]; data: Float32Array }> {
  return Object.fromEntries(
    spec.params.flatMap((param) => {
      const tensor = tensors[param.name];
      return tensor ? [[param.name, { shape: [...param.shape], data: fromRuntimeLayout(param, tensor) }]] : [];
    }),
  );
}

function asFloat32(data: ArrayLike<number>): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data);
}

function plainNames(stateDict: StateDict): Map<string, HostArray> {
  const entries = stateDict instanceof Map ? [...stateDict] : Object.entries(stateDict);
  const wrapped = entries.length > 0 && entries.every(([name]) => name.startsWith('module.'));
  return new Map(
    entries
      .filter(([name]) => !name.endsWith('.num_batches_tracked'))
      .map(([name, array]) => [wrapped ? name.slice('module.'.length) : name, array]),
  );
}

function checkFit(spec: NetSpec, wanted: readonly ParamSpec[], given: ReadonlyMap<string, HostArray>): void {
  const names = new Set(spec.params.map((param) => param.name));
  const missing = wanted.filter((param) => !given.has(param.name)).map((param) => param.name);
  const unexpected = [...given.keys()].filter((name) => !names.has(name));
  const mismatched = wanted.flatMap((param) => {
    const shape = given.get(param.name)?.shape;
    const same = !shape || (shape.length === param.shape.length && shape.every((n, axis) => n === param.shape[axis]));
    return same ? [] : [`${param.name} [${shape.join(', ')}] instead of [${param.shape.join(', ')}]`];
  });
  if (missing.length + unexpected.length + mismatched.length > 0)
    throw new AnnealError('models.parameterMismatch', {
      architecture: spec.architecture,
      missing,
      unexpected,
      mismatched,
    });
}
