import { AnnealError } from '../base/errors.ts';
import { TensorRef, type PickleDict, type PickleValue } from './pickle-values.ts';

/** Where training scripts put the state_dict in a checkpoint, most specific first. */
const usualKeys = [
  'state_dict',
  'model_state_dict',
  'model',
  'net',
  'module',
  'network',
  'weights',
  'state_dict_ema',
  'model_ema',
];

export interface StateDict {
  readonly tensors: ReadonlyMap<string, TensorRef>;
  /** Plain values that stand beside the tensors or beside the state_dict (epoch, best accuracy), as text. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Finds the table of named tensors: the pickle itself, or the one under a usual key of it. */
export function findStateDict(path: string, root: PickleValue): StateDict {
  const table = root instanceof Map ? (tensorsIn(root) ? root : nestedIn(root)) : null;
  const tensors = table && tensorsIn(table);
  if (!table || !tensors) {
    const keys = root instanceof Map ? [...root.keys()].slice(0, 10).map(nameOfKey) : [];
    throw new AnnealError('weights.noTensors', { path, keys: keys.length > 0 ? keys : 'none' });
  }
  return { tensors, metadata: { ...plainValues(root as PickleDict), ...plainValues(table) } };
}

function nestedIn(root: PickleDict): PickleDict | null {
  const seen = new Set<PickleDict>(); // many keys may share one dictionary
  for (const key of [...usualKeys, ...root.keys()]) {
    const child = root.get(key);
    if (!(child instanceof Map) || seen.has(child)) continue;
    if (tensorsIn(child)) return child;
    seen.add(child);
  }
  return null;
}

/** The named tensors of a dictionary; null where there are none. */
function tensorsIn(table: PickleDict): Map<string, TensorRef> | null {
  const found = new Map<string, TensorRef>();
  for (const [name, value] of table) if (typeof name === 'string' && value instanceof TensorRef) found.set(name, value);
  return found.size > 0 ? found : null;
}

function plainValues(table: PickleDict): Record<string, string> {
  const entries: [string, string][] = [];
  for (const [key, value] of table) {
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (typeof key === 'string' && plain) entries.push([key, String(value)]);
  }
  return Object.fromEntries(entries);
}

function nameOfKey(key: PickleValue): string {
  const text = typeof key === 'string' || typeof key === 'number' ? String(key) : 'a key that is no text';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
