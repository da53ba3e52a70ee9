import { AnnealError } from '../base/errors.ts';
import { fileSource, memorySource, type ByteSource } from './byte-source.ts';
import { tensorFromBytes, type HostTensor } from './host-tensor.ts';
import { maxHeaderBytes, parseSafetensorsHeader, type SafetensorsHeader } from './safetensors-header.ts';
import { malformed, tooLarge, truncated } from './weights-error.ts';

export { encodeSafetensors, writeSafetensors, type NamedTensors } from './safetensors-writer.ts';

/** An open safetensors file; nothing but the header is read until a tensor is asked for. Close it. */
export interface SafetensorsFile extends SafetensorsHeader {
  read(name: string): Promise<HostTensor>;
  readAll(): Promise<Map<string, HostTensor>>;
  close(): Promise<void>;
}

/**
 * Opens a safetensors file by path, or its bytes in memory (`path` is then only a name for errors).
 * Format: 8 bytes header length (little-endian), JSON header, data.
 */
export async function openSafetensors(path: string, bytes?: Uint8Array): Promise<SafetensorsFile> {
  const source = bytes ? memorySource(path, bytes) : await fileSource(path);
  try {
    return await openSource(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function openSource(source: ByteSource): Promise<SafetensorsFile> {
  const { path, size } = source;
  const lengthBytes = await source.read(0, 8, 'length of the header');
  const headerLength = new DataView(lengthBytes.buffer).getBigUint64(0, true);
  if (headerLength > BigInt(maxHeaderBytes)) throw tooLarge(path, 'header', Number(headerLength), maxHeaderBytes);
  const dataStart = 8 + Number(headerLength);
  if (dataStart > size) throw truncated(path, 'header', Number(headerLength), size - 8);
  const json = await source.read(8, Number(headerLength), 'header');
  if (json[0] !== 0x7b) throw malformed(path, 'safetensors', 'its header does not begin with {');
  const header = parseSafetensorsHeader(path, json, size - dataStart);

  const read = async (name: string) => {
    const entry = header.entries.get(name);
    if (!entry)
      throw new AnnealError('weights.missingTensor', { path, name, known: [...header.entries.keys()].slice(0, 5) });
    const data = await source.read(dataStart + entry.start, entry.end - entry.start, `tensor "${name}"`);
    return tensorFromBytes(entry.dtype, entry.shape, data);
  };
  return {
    ...header,
    read,
    async readAll() {
      const tensors = new Map<string, HostTensor>();
      for (const name of header.entries.keys()) tensors.set(name, await read(name));
      return tensors;
    },
    close: () => source.close(),
  };
}

export interface Weights {
  readonly tensors: Map<string, HostTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** All tensors of a safetensors file, by path or from its bytes in memory. */
export async function readSafetensors(path: string, bytes?: Uint8Array): Promise<Weights> {
  const file = await openSafetensors(path, bytes);
  try {
    return { tensors: await file.readAll(), metadata: file.metadata };
  } finally {
    await file.close();
  }
}
