import type { DataType, Tensor, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/** The part of the TensorFlow add-on that we call (tfjs-node's dist/tfjs_binding.d.ts has all of it). */
export interface NativeBinding {
  readonly TF_Version: string;
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_INT64: number;
  readonly TF_BOOL: number;
  readonly TF_UINT8: number;
  readonly TF_ATTR_STRING: number;
  readonly TF_ATTR_INT: number;
  readonly TF_ATTR_FLOAT: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_SHAPE: number;
  createTensor(shape: number[], dtype: number, values: ArrayLike<number>): number;
  deleteTensor(id: number): void;
  executeOp(op: string, attrs: NativeAttr[], inputs: number[], outputs: number): NativeTensor[];
  loadSavedModel(folder: string, tags: string): number;
  deleteSavedModel(id: number): void;
  runSavedModel(id: number, inputs: number[], inputNames: string, outputNames: string): NativeTensor[];
  getNumOfTensors(): number;
  getNumOfSavedModels(): number;
  isUsingGpuDevice(): boolean;
}

export interface NativeAttr {
  readonly name: string;
  readonly type: number;
  readonly value: unknown;
}

interface NativeTensor {
  readonly id: number;
  readonly shape: number[];
  readonly dtype: number;
}

/** Our view of tfjs-node's back end object. `binding` is replaced while a trace records. */
export interface NativeBackend {
  binding: NativeBinding;
  readonly tensorMap: {
    get(dataId: object): { shape: number[]; dtype: number; id: number; values: ArrayLike<number> | null };
  };
  getInputTensorIds(tensors: readonly TensorInfo[]): number[];
  createOutputTensor(output: NativeTensor): Tensor;
  executeSingleOutput(op: string, attrs: readonly NativeAttr[], inputs: readonly TensorInfo[]): Tensor;
  executeMultipleOutputs(
    op: string,
    attrs: readonly NativeAttr[],
    inputs: readonly TensorInfo[],
    outputs: number,
  ): Tensor[];
  readSync(dataId: object): ArrayLike<number>;
  write(values: ArrayLike<number>, shape: number[], dtype: DataType): object;
  move(dataId: object, values: ArrayLike<number>, shape: number[], dtype: DataType, refCount: number): void;
}

let portableForced = false;

/** The native back end where it is the one in use, else null: then the portable definition of an op is taken. */
export function nativeBackend(): NativeBackend | null {
  if (portableForced || tf.getBackend() !== 'tensorflow') return null;
  return tf.backend() as unknown as NativeBackend;
}

/** Runs `fn` with the portable definitions of our ops, whatever the back end: the second derivation that tests compare with. */
export function withPortableOps<T>(fn: () => T): T {
  const before = portableForced;
  portableForced = true;
  try {
    return fn();
  } finally {
    portableForced = before;
  }
}

/** TensorFlow's numbers of attribute types (c/tf_attrtype.h); constants of its C interface. */
const attrType = { string: 0, int: 1, float: 2, bool: 3, type: 4 } as const;

const typeNumber = { float32: 1, int32: 3, uint8: 4, int64: 9, bool: 10 } as const;
export type NativeDType = keyof typeof typeNumber;

export const attr = {
  type: (name: string, dtype: NativeDType): NativeAttr => ({ name, type: attrType.type, value: typeNumber[dtype] }),
  int: (name: string, value: number): NativeAttr => ({ name, type: attrType.int, value }),
  ints: (name: string, value: readonly number[]): NativeAttr => ({ name, type: attrType.int, value: [...value] }),
  float: (name: string, value: number): NativeAttr => ({ name, type: attrType.float, value }),
  bool: (name: string, value: boolean): NativeAttr => ({ name, type: attrType.bool, value }),
  string: (name: string, value: string): NativeAttr => ({ name, type: attrType.string, value }),
  /** `T: float32`, which nearly every op of ours has. */
  float32: { name: 'T', type: attrType.type, value: typeNumber.float32 } satisfies NativeAttr,
};
