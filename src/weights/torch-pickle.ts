import { AnnealError } from '../base/errors.ts';
import type { Dtype } from './host-tensor.ts';
import { readPickle, type PickleMeaning } from './pickle.ts';
import { GlobalName, PickleTuple, StorageRef, TensorRef, type PickleDict, type PickleValue } from './pickle-values.ts';
import { malformed } from './weights-error.ts';

const storageDtypes: Readonly<Record<string, Dtype>> = {
  'torch.FloatStorage': 'float32',
  'torch.DoubleStorage': 'float64',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
};

const callables = [
  'collections.OrderedDict',
  'torch._utils._rebuild_tensor',
  'torch._utils._rebuild_tensor_v2',
  'torch._utils._rebuild_parameter',
  'torch.Size',
] as const;

const allowed = new Set<string>([...callables, ...Object.keys(storageDtypes)]);

interface TorchPickle {
  readonly value: PickleValue;
  /** Position after the pickle. */
  readonly end: number;
  /** Every storage that the pickle names, by key. */
  readonly storages: ReadonlyMap<string, StorageRef>;
}

/** torch's own limit is 64. */
const maxRank = 64;

/** Reads one of torch.save's pickles from `start`; tensors come back as references into storages. */
export function readTorchPickle(path: string, bytes: Uint8Array, start = 0): TorchPickle {
  const storages = new Map<string, StorageRef>();
  return { ...readPickle(path, bytes, start, torchMeaning(path, storages, bytes.byteLength)), storages };
}

function torchMeaning(path: string, storages: Map<string, StorageRef>, pickleBytes: number): PickleMeaning {
  let pairs = 0;
  const fail = (problem: string) => malformed(path, 'torch pickle', problem);

  const tensor = (args: readonly PickleValue[]): TensorRef => {
    const [storage, offset, shape, strides] = args;
    if (!(storage instanceof StorageRef)) throw fail('a tensor has no storage');
    const sizes = toSizes(shape);
    const steps = toSizes(strides);
    if (!isSize(offset) || !sizes || !steps || sizes.length !== steps.length)
      throw fail('a tensor has no valid shape and strides');
    return new TensorRef(storage, offset, sizes, steps);
  };

  return {
    global(module, name) {
      const full = `${module}.${name}`;
      if (allowed.has(full)) return new GlobalName(full);
      const shown = full.length > 120 ? `${full.slice(0, 117)}…` : full;
      throw new AnnealError('weights.forbiddenGlobal', {
        path,
        name: shown,
        allowed: [...callables, 'torch.*Storage'],
      });
    },

    call(callable, args) {
      switch (callable instanceof GlobalName ? callable.name : null) {
        case 'collections.OrderedDict':
          // One list in the pickle can be copied by many calls: honest files need several bytes for each entry.
          pairs += Array.isArray(args[0]) ? args[0].length : 0;
          if (pairs > pickleBytes) throw fail('its dictionaries repeat one list without end');
          return orderedDict(args, fail);
        case 'torch._utils._rebuild_tensor': // (storage, offset, size, stride)
        case 'torch._utils._rebuild_tensor_v2': // (…, requires_grad, backward_hooks)
          return tensor(args);
        case 'torch._utils._rebuild_parameter': // (data, requires_grad, backward_hooks)
          if (!(args[0] instanceof TensorRef)) throw fail('a parameter has no tensor');
          return args[0];
        case 'torch.Size':
          if (args.length !== 1) throw fail('a torch.Size has no sizes');
          return args[0]!;
        default:
          throw fail('something is called that is not a function');
      }
    },

    /** ('storage', storage class, key, device, number of elements[, view]) */
    persistent(id) {
      const [tag, storageClass, key, , elements, view = null] = id instanceof PickleTuple ? id.items : [];
      const dtype = storageClass instanceof GlobalName ? storageDtypes[storageClass.name] : undefined;
      if (tag !== 'storage' || !dtype || typeof key !== 'string' || !isSize(elements))
        throw fail('a storage is not described');
      if (view !== null) throw fail('it uses storage views of torch before 0.4');
      const storage = new StorageRef(key, dtype, elements);
      storages.set(key, storage);
      return storage;
    },
  };
}

/** OrderedDict() or OrderedDict([(key, value), …]). */
function orderedDict(args: readonly PickleValue[], fail: (problem: string) => Error): PickleDict {
  const pairs = args[0] ?? [];
  if (!Array.isArray(pairs)) throw fail('an OrderedDict is not made of pairs');
  return new Map(
    pairs.map((pair) => {
      const [key, value] = pair instanceof PickleTuple ? pair.items : Array.isArray(pair) ? pair : [];
      if (key === undefined || value === undefined) throw fail('an OrderedDict is not made of pairs');
      return [key, value];
    }),
  );
}

const isSize = (value: PickleValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

function toSizes(value: PickleValue | undefined): number[] | null {
  const items = value instanceof PickleTuple ? value.items : Array.isArray(value) ? value : null;
  return items && items.length <= maxRank && items.every(isSize) ? [...items] : null;
}
