import type { HostTensor } from './host-tensor.ts';

/** Takes the prefix off every name when all of them have it (DataParallel's and DistributedDataParallel's `module.`). */
export function stripPrefix<T = HostTensor>(tensors: ReadonlyMap<string, T>, prefix = 'module.'): Map<string, T> {
  const names = [...tensors.keys()];
  const strip = names.length > 0 && names.every((name) => name.startsWith(prefix) && name.length > prefix.length);
  return new Map([...tensors].map(([name, tensor]) => [strip ? name.slice(prefix.length) : name, tensor]));
}
