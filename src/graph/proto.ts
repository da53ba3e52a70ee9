import protobuf from 'protobufjs';

/**
 * The part of TensorFlow's SavedModel format that a graph of ours uses, with the field numbers of tensorflow/core/framework
 * and tensorflow/core/protobuf (the enum DataType is written as its number).
 */
const schema = `
syntax = "proto3";
message Shape { message Dim { int64 size = 1; } repeated Dim dim = 2; bool unknown_rank = 3; }
message Tensor { int32 dtype = 1; Shape tensor_shape = 2; bytes tensor_content = 4; repeated bytes string_val = 8; }
message AttrValue {
  message ListValue {
    repeated bytes s = 2; repeated int64 i = 3; repeated float f = 4; repeated bool b = 5; repeated int32 type = 6; repeated Shape shape = 7;
  }
  oneof value { bytes s = 2; int64 i = 3; float f = 4; bool b = 5; int32 type = 6; Shape shape = 7; Tensor tensor = 8; ListValue list = 1; }
}
message NodeDef { string name = 1; string op = 2; repeated string input = 3; string device = 4; map<string, AttrValue> attr = 5; }
message VersionDef { int32 producer = 1; int32 min_consumer = 2; }
message GraphDef { repeated NodeDef node = 1; VersionDef versions = 4; }
message TensorInfo { string name = 1; int32 dtype = 2; Shape tensor_shape = 3; }
message SignatureDef { map<string, TensorInfo> inputs = 1; map<string, TensorInfo> outputs = 2; string method_name = 3; }
message MetaInfoDef { repeated string tags = 4; string tensorflow_version = 5; }
message MetaGraphDef { MetaInfoDef meta_info_def = 1; GraphDef graph_def = 2; map<string, SignatureDef> signature_def = 5; }
message SavedModel { int64 saved_model_schema_version = 1; repeated MetaGraphDef meta_graphs = 2; }
`;

const root = protobuf.parse(schema, { keepCase: true }).root;

export interface ProtoShape {
  dim?: { size: number }[];
  unknown_rank?: boolean;
}

interface ProtoTensor {
  dtype: number;
  tensor_shape: ProtoShape;
  tensor_content: Uint8Array;
}

export interface ProtoAttr {
  s?: Uint8Array;
  i?: number;
  f?: number;
  b?: boolean;
  type?: number;
  shape?: ProtoShape;
  tensor?: ProtoTensor;
  list?: { s?: Uint8Array[]; i?: number[]; f?: number[]; b?: boolean[]; type?: number[] };
}

export interface ProtoNode {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, ProtoAttr>;
}

export interface ProtoTensorInfo {
  name: string;
  dtype: number;
  tensor_shape: ProtoShape;
}

interface ProtoSignature {
  inputs?: Record<string, ProtoTensorInfo>;
  outputs?: Record<string, ProtoTensorInfo>;
  method_name: string;
}

export interface ProtoSavedModel {
  saved_model_schema_version: number;
  meta_graphs: {
    meta_info_def: { tags: string[]; tensorflow_version?: string };
    graph_def: { node: ProtoNode[]; versions: { producer: number; min_consumer?: number } };
    signature_def: Record<string, ProtoSignature>;
  }[];
}

const savedModel = root.lookupType('SavedModel');

export function encodeSavedModel(message: ProtoSavedModel): Uint8Array {
  return savedModel.encode(message).finish();
}

export function decodeSavedModel(bytes: Uint8Array): ProtoSavedModel {
  return savedModel.toObject(savedModel.decode(bytes), { longs: Number, arrays: true }) as unknown as ProtoSavedModel;
}
