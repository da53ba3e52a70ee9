import { AnnealError } from '../base/errors.ts';
import { fileSource, memorySource, type ByteSource } from './byte-source.ts';
import { readSafetensors, type Weights } from './safetensors.ts';
import { readTorchLegacy, readTorchZip } from './torch-checkpoint.ts';

export type { Weights } from './safetensors.ts';

/**
 * Named tensors of a weights file, its format told by content: safetensors, torch zip or torch legacy.
 * With `bytes` the file is read from memory and `path` is only its name in errors.
 */
export async function readWeights(path: string, bytes?: Uint8Array): Promise<Weights> {
  const source = bytes ? memorySource(path, bytes) : await fileSource(path);
  try {
    const head = Buffer.from(await source.read(0, Math.min(source.size, 16), 'first bytes'));
    if (source.size === 0) throw unknown(path, 'an empty file', 'Copy or download the file again.');
    if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return await readTorchZip(source);
    // PROTO 2, LONG1, 10 bytes: torch's magic number 0x1950a86a20f9469cfc6c
    if (startsWith(head, [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19]))
      return await readTorchLegacy(source);
    if (head[8] === 0x7b) return await readSafetensors(path, bytes);
    throw looksLike(path, head, source);
  } finally {
    await source.close();
  }
}

function looksLike(path: string, head: Buffer, source: ByteSource): AnnealError {
  const text = head.toString('latin1');
  if (text.startsWith('version https:')) {
    return unknown(path, 'a Git LFS pointer', 'Only a pointer was copied. Fetch the file itself with: git lfs pull');
  }
  if (text.startsWith('\x89HDF'))
    return unknown(path, 'an HDF5 file (Keras)', 'Save the weights as safetensors or with torch.save.');
  if (head[0] === 0x80)
    return unknown(path, 'a pickle that torch.save did not write', 'Save a state_dict with torch.save.');
  if (/^\s*</.test(text))
    return unknown(path, 'a web page', 'The download gave a page instead of the file. Download the file itself.');
  return unknown(path, `${source.size} bytes of another kind`, 'Save the weights as safetensors or with torch.save.');
}

const unknown = (path: string, received: string, hint: string) =>
  new AnnealError('weights.unknownFormat', { path, looksLike: received, hint });

const startsWith = (head: Buffer, bytes: readonly number[]) => bytes.every((byte, index) => head[index] === byte);
