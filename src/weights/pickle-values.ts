import type { Dtype } from './host-tensor.ts';

/** What a pickle of a state_dict can hold, as plain data. Nothing here can run. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleValue[]
  | PickleTuple
  | PickleDict
  | GlobalName
  | StorageRef
  | TensorRef;

/** dict and OrderedDict; a Map, so that a key such as `__proto__` is only a key. */
export type PickleDict = Map<PickleValue, PickleValue>;

export class PickleTuple {
  readonly items: readonly PickleValue[];
  constructor(items: readonly PickleValue[]) {
    this.items = items;
  }
}

/** A name that the allow-list knows, such as `torch._utils._rebuild_tensor_v2`. Never looked up, only compared. */
export class GlobalName {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** Numbers that lie elsewhere in the file. */
export class StorageRef {
  readonly key: string;
  readonly dtype: Dtype;
  readonly elements: number;
  constructor(key: string, dtype: Dtype, elements: number) {
    this.key = key;
    this.dtype = dtype;
    this.elements = elements;
  }
}

/** A view of a storage; `offset` and `strides` count elements. */
export class TensorRef {
  readonly storage: StorageRef;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  constructor(storage: StorageRef, offset: number, shape: readonly number[], strides: readonly number[]) {
    this.storage = storage;
    this.offset = offset;
    this.shape = shape;
    this.strides = strides;
  }
}
