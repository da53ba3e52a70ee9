/** Leaves of a plain object that were read, by path with dots, with their values. */
export type Reads = ReadonlyMap<string, unknown>;

/**
 * The same object, seen through a recorder: `reads` grows with every leaf (number, text, switch, list, null) that is read of `value`.
 * Lists count as one leaf.
 */
export function watchReads<T extends object>(value: T): { readonly value: T; readonly reads: Reads } {
  const reads = new Map<string, unknown>();
  return { value: watched(value, '', reads), reads };
}

/** Whether every one of these leaves has an equal value in `value`. */
export function readsAgree(reads: Reads, value: object): boolean {
  return [...reads].every(([path, read]) => JSON.stringify(leafAt(value, path)) === JSON.stringify(read));
}

function watched<T extends object>(value: T, prefix: string, reads: Map<string, unknown>): T {
  return new Proxy(value, {
    get(target, name, receiver) {
      const inner: unknown = Reflect.get(target, name, receiver);
      if (typeof name === 'symbol') return inner;
      if (isBranch(inner)) return watched(inner, `${prefix}${name}.`, reads);
      reads.set(prefix + name, inner);
      return inner;
    },
    // A copy would read everything at once, and the key would say too much.
    ownKeys: () => {
      throw new Error(`a watched object is read leaf by leaf, not listed (${prefix || 'at the top'})`);
    },
  });
}

function leafAt(value: object, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, name) => (inner as Record<string, unknown>)[name], value);
}

const isBranch = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
