import { AnnealError } from '../base/errors.ts';
import { sizeOf } from '../base/size-of.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { tensorBytes, type HostTensor } from './host-tensor.ts';
import { safetensorsDtypes } from './safetensors-header.ts';

export type NamedTensors = Readonly<Record<string, HostTensor>> | ReadonlyMap<string, HostTensor>;

const codeOf = new Map(safetensorsDtypes.map(([code, dtype]) => [dtype, code]));
const rankOf = new Map(safetensorsDtypes.map(([, dtype], rank) => [dtype, rank]));

/**
 * The file in pieces, header first, without a second copy of the tensors. Equal tensors give equal bytes, whatever their order:
 * as in the reference (safetensors 0.8.0, `prepare`), wider dtypes come first, then names in the order of their UTF-8 bytes, and
 * the header is padded with spaces to a multiple of 8. Metadata keys are sorted.
 */
function safetensorsChunks(tensors: NamedTensors, metadata?: Readonly<Record<string, string>>): Uint8Array[] {
  const sorted = [...(tensors instanceof Map ? tensors : Object.entries(tensors))] as [string, HostTensor][];
  sorted.sort(([nameA, a], [nameB, b]) => rankOf.get(b.dtype)! - rankOf.get(a.dtype)! || compareUtf8(nameA, nameB));

  const parts: string[] = [];
  if (metadata) {
    const pairs = Object.entries(metadata).sort(([a], [b]) => compareUtf8(a, b));
    parts.push(
      `"__metadata__":{${pairs.map(([key, text]) => `${JSON.stringify(key)}:${JSON.stringify(text)}`).join(',')}}`,
    );
  }
  let position = 0;
  for (const [name, tensor] of sorted) {
    if (name === '__metadata__' || tensor.data.length !== sizeOf(tensor.shape)) {
      throw new AnnealError(
        'weights.unwritableTensor',
        { name, shape: tensor.shape.join('×'), elements: tensor.data.length },
        { kind: 'failure' },
      );
    }
    const end = position + tensor.data.byteLength;
    const shape = tensor.shape.join(',');
    parts.push(
      `${JSON.stringify(name)}:{"dtype":"${codeOf.get(tensor.dtype)}","shape":[${shape}],"data_offsets":[${position},${end}]}`,
    );
    position = end;
  }

  const json = Buffer.from(`{${parts.join(',')}}`);
  const header = Buffer.alloc(8 + Math.ceil(json.length / 8) * 8, ' ');
  header.writeBigUInt64LE(BigInt(header.length - 8));
  json.copy(header, 8);
  return [header, ...sorted.map(([, tensor]) => tensorBytes(tensor))];
}

export function encodeSafetensors(
  tensors: NamedTensors,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(safetensorsChunks(tensors, metadata)));
}

/** Writes a whole file or none. */
export async function writeSafetensors(
  path: string,
  tensors: NamedTensors,
  metadata?: Readonly<Record<string, string>>,
): Promise<void> {
  await writeFileAtomic(path, safetensorsChunks(tensors, metadata));
}

const compareUtf8 = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
