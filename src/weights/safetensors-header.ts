import { bytesPerElement, type Dtype } from './host-tensor.ts';
import { malformed } from './weights-error.ts';

/** safetensors' names of dtypes. Its order is the one in which the reference writer lays tensors out, last first. */
export const safetensorsDtypes: readonly (readonly [code: string, dtype: Dtype])[] = [
  ['BOOL', 'bool'],
  ['U8', 'uint8'],
  ['I8', 'int8'],
  ['I16', 'int16'],
  ['U16', 'uint16'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['I32', 'int32'],
  ['U32', 'uint32'],
  ['F32', 'float32'],
  ['F64', 'float64'],
  ['I64', 'int64'],
  ['U64', 'uint64'],
];
const dtypeByCode = new Map(safetensorsDtypes);

/** The reference library's own limit. */
export const maxHeaderBytes = 100_000_000;

interface SafetensorsEntry {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  /** Byte range inside the data part of the file. */
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads and checks a header: every range holds what its dtype and shape say, ranges neither overlap nor leave gaps, and
 * together they are the `dataBytes` that follow. Rules of the format's README, section "Format".
 */
export function parseSafetensorsHeader(path: string, json: Uint8Array, dataBytes: number): SafetensorsHeader {
  const fail = (problem: string) => malformed(path, 'safetensors', problem);
  const parsed = parseJson(json);
  if (!isRecord(parsed)) throw fail('its header is not a JSON object');

  const entries: [string, SafetensorsEntry][] = [];
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(parsed)) {
    if (name === '__metadata__') {
      if (!isRecord(value)) throw fail('__metadata__ is not an object');
      const bad = Object.entries(value).find(([, text]) => typeof text !== 'string');
      if (bad) throw fail(`metadata "${shorten(bad[0])}" is not a text`);
      metadata = value as Record<string, string>;
    } else {
      entries.push([name, parseEntry(name, value, fail)]);
    }
  }

  entries.sort(([, a], [, b]) => a.start - b.start || a.end - b.end);
  let position = 0;
  for (const [name, { start, end }] of entries) {
    if (start !== position) {
      const what = start > position ? 'leaves a gap before it' : 'overlaps the tensor before it';
      throw fail(`tensor "${shorten(name)}" starts at byte ${start} and ${what} (expected ${position})`);
    }
    position = end;
  }
  if (position !== dataBytes) throw fail(`its tensors take ${position} bytes, the file holds ${dataBytes}`);
  return { entries: new Map(entries), metadata };
}

function parseEntry(name: string, value: unknown, fail: (problem: string) => Error): SafetensorsEntry {
  const label = `tensor "${shorten(name)}"`;
  if (!isRecord(value)) throw fail(`${label} is not described by an object`);
  const { dtype: code, shape, data_offsets: offsets } = value;
  const dtype = typeof code === 'string' ? dtypeByCode.get(code) : undefined;
  if (!dtype)
    throw fail(`${label} has the dtype ${shorten(String(code))}; known are ${[...dtypeByCode.keys()].join(', ')}`);
  if (!isSizes(shape)) throw fail(`${label} has no valid shape`);
  if (!isSizes(offsets) || offsets.length !== 2) throw fail(`${label} has no valid data_offsets`);
  const [start, end] = offsets as [number, number];
  let bytes = bytesPerElement[dtype];
  for (const size of shape) {
    bytes *= size;
    if (!Number.isSafeInteger(bytes)) throw fail(`${label} has an absurd shape`);
  }
  if (end - start !== bytes)
    throw fail(`${label} needs ${bytes} bytes by its shape, its offsets give it ${end - start}`);
  return { dtype, shape, start, end };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) as unknown;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSizes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

/** Names come from the file: an error must not print a megabyte of them. */
const shorten = (text: string) => (text.length > 80 ? `${text.slice(0, 77)}…` : text);
