/**
 * Files of torch.save: the zip format (torch 1.6 and later: `<name>/data.pkl` and one member a storage) and the legacy one
 * (pickles of a magic number, a version, the system, the object, the storage keys; then the storages). See torch/serialization.py.
 */
import { sizeOf } from '../base/size-of.ts';
import type { ByteSource } from './byte-source.ts';
import { bytesPerElement, type HostTensor } from './host-tensor.ts';
import type { StorageRef } from './pickle-values.ts';
import type { Weights } from './safetensors.ts';
import { gather, lastIndex } from './strided.ts';
import { readTorchPickle } from './torch-pickle.ts';
import { findStateDict, type StateDict } from './torch-state-dict.ts';
import { malformed, tooLarge, truncated } from './weights-error.ts';
import { openZip } from './zip-reader.ts';

/** Shared and expanded views may repeat a file's numbers, but not without end. */
const maxExpansion = 8;
const freeBytes = 1 << 20;
/** A legacy file is read as a whole; Node reads at most 2 GiB at once. */
const maxLegacyBytes = 2 ** 31 - 1;

type StorageReader = (storage: StorageRef) => Promise<Uint8Array<ArrayBuffer>>;

export async function readTorchZip(source: ByteSource): Promise<Weights> {
  const { path } = source;
  const zip = await openZip(source);
  const pickle = [...zip.members.keys()].find((name) => /^([^/]+\/)?data\.pkl$/.test(name));
  if (pickle === undefined) throw malformed(path, 'torch zip', 'it has no data.pkl, so it is some other zip archive');
  const folder = pickle.slice(0, -'data.pkl'.length);
  if (zip.members.has(`${folder}byteorder`)) {
    const order = new TextDecoder().decode(await zip.read(`${folder}byteorder`));
    if (order !== 'little') throw malformed(path, 'torch zip', 'its numbers are big-endian');
  }
  const { value } = readTorchPickle(path, await zip.read(pickle));
  return materialise(source, findStateDict(path, value), (storage) => zip.read(`${folder}data/${storage.key}`));
}

export async function readTorchLegacy(source: ByteSource): Promise<Weights> {
  const { path, size } = source;
  if (size > maxLegacyBytes) throw tooLarge(path, 'legacy torch file', size, maxLegacyBytes);
  const bytes = await source.read(0, size, 'legacy torch file');

  let position = 0;
  const next = () => {
    const read = readTorchPickle(path, bytes, position);
    position = read.end;
    return read;
  };
  next(); // the magic number, by which the format was told
  if (next().value !== 1001) throw malformed(path, 'torch legacy', 'its version is not 1001');
  const system = next().value;
  if (!(system instanceof Map) || system.get('little_endian') !== true)
    throw malformed(path, 'torch legacy', 'its numbers are big-endian');
  const { value, storages } = next();
  const state = findStateDict(path, value);
  const keys = next().value;
  if (!Array.isArray(keys)) throw malformed(path, 'torch legacy', 'its list of storages is missing');

  // Each storage: its number of elements (int64), then the elements. The width comes from the pickle.
  const view = new DataView(bytes.buffer);
  const ranges = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const key of keys) {
    if (typeof key !== 'string') throw malformed(path, 'torch legacy', 'a storage key is not a text');
    const storage = storages.get(key);
    if (!storage) throw malformed(path, 'torch legacy', `nothing uses storage ${key.slice(0, 40)}`);
    const width = bytesPerElement[storage.dtype];
    if (position + 8 > size) throw truncated(path, `storage ${key}`, 8, size - position);
    const length = Number(view.getBigInt64(position, true)) * width;
    position += 8;
    if (!(length >= 0 && position + length <= size)) throw truncated(path, `storage ${key}`, length, size - position);
    ranges.set(key, bytes.subarray(position, position + length));
    position += length;
  }
  return materialise(source, state, (storage) => {
    const range = ranges.get(storage.key);
    return range
      ? Promise.resolve(range)
      : Promise.reject(malformed(path, 'torch legacy', `storage ${storage.key.slice(0, 40)} is missing`));
  });
}

/** Reads each storage once and copies each view out of it; checks every extent before memory is taken. */
async function materialise(source: ByteSource, state: StateDict, readStorage: StorageReader): Promise<Weights> {
  const { path } = source;
  const fail = (problem: string) => malformed(path, 'torch', problem);
  const limit = source.size * maxExpansion + freeBytes;
  const uses = new Map<string, number>();
  let total = 0;
  for (const [name, view] of state.tensors) {
    const { storage } = view;
    const bytes = sizeOf(view.shape) * bytesPerElement[storage.dtype];
    const label = `tensor "${name.slice(0, 80)}"`;
    total += bytes;
    if (!(total <= limit)) throw tooLarge(path, label, total, limit);
    if (!(lastIndex(view) < storage.elements))
      throw fail(`${label} reaches past its storage of ${storage.elements} elements`);
    uses.set(storage.key, (uses.get(storage.key) ?? 0) + 1);
  }

  const open = new Map<string, Uint8Array<ArrayBuffer>>();
  const tensors = new Map<string, HostTensor>();
  for (const [name, view] of state.tensors) {
    const { storage } = view;
    const bytes = open.get(storage.key) ?? (await readStorage(storage));
    const needed = storage.elements * bytesPerElement[storage.dtype];
    if (bytes.byteLength < needed)
      throw truncated(path, `storage ${storage.key.slice(0, 40)}`, needed, bytes.byteLength);
    const usesLeft = uses.get(storage.key)! - 1;
    uses.set(storage.key, usesLeft);
    if (usesLeft > 0) open.set(storage.key, bytes);
    else open.delete(storage.key);
    // A storage that more than one tensor shares is copied, so that writing to one tensor never changes another.
    tensors.set(name, gather(view, bytes, usesLeft === 0));
  }
  return { tensors, metadata: state.metadata };
}
