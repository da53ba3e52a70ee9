/**
 * Reads a zip archive by range: the central directory first, then only the members that are asked for.
 * Follows PKWARE's APPNOTE 6.3: end record 4.3.16, zip64 4.3.14, central directory 4.3.12, local header 4.3.7.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { AnnealError } from '../base/errors.ts';
import type { ByteSource } from './byte-source.ts';
import { malformed, tooLarge } from './weights-error.ts';

interface ZipMember {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly headerOffset: number;
}

export interface ZipArchive {
  readonly members: ReadonlyMap<string, ZipMember>;
  /** The member's content, its checksum compared. */
  read(name: string): Promise<Uint8Array<ArrayBuffer>>;
}

const endRecordSize = 22;
const maxComment = 0xffff;
/** Weights hardly compress. A member that claims more than this times its packed size is a bomb; deflate's limit is 1032. */
const maxRatio = 100;
const freeBytes = 1 << 20;

export async function openZip(source: ByteSource): Promise<ZipArchive> {
  const members = await readDirectory(source);
  return { members, read: (name) => readMember(source, members, name) };
}

async function readDirectory(source: ByteSource): Promise<Map<string, ZipMember>> {
  const fail = (problem: string) => malformed(source.path, 'zip', problem);
  const tailSize = Math.min(source.size, endRecordSize + maxComment);
  const tail = view(await source.read(source.size - tailSize, tailSize, 'zip end record'));
  let at = tailSize - endRecordSize;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw fail('it has no end record; the file is cut off or not a zip');

  let count = tail.getUint16(at + 10, true);
  let size = tail.getUint32(at + 12, true);
  let offset = tail.getUint32(at + 16, true);
  const isZip64 = at >= 20 && tail.getUint32(at - 20, true) === 0x07064b50;
  if (isZip64 && (count === 0xffff || size === 0xffffffff || offset === 0xffffffff)) {
    const end64 = view(await source.read(safe(tail.getBigUint64(at - 12, true)), 56, 'zip64 end record'));
    if (end64.getUint32(0, true) !== 0x06064b50) throw fail('its zip64 end record is missing');
    count = safe(end64.getBigUint64(32, true));
    size = safe(end64.getBigUint64(40, true));
    offset = safe(end64.getBigUint64(48, true));
  }

  const directory = view(await source.read(offset, size, 'zip directory'));
  const members = new Map<string, ZipMember>();
  let position = 0;
  for (let i = 0; i < count; i++) {
    if (position + 46 > size || directory.getUint32(position, true) !== 0x02014b50)
      throw fail(`directory entry ${i} is damaged`);
    const nameLength = directory.getUint16(position + 28, true);
    const extraLength = directory.getUint16(position + 30, true);
    const next = position + 46 + nameLength + extraLength + directory.getUint16(position + 32, true);
    if (next > size) throw fail(`directory entry ${i} is damaged`);
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, position + 46, nameLength));
    if (members.has(name)) throw fail(`it holds two members named "${name.slice(0, 80)}"`);
    members.set(
      name,
      readEntry(directory, position, { name, extraStart: position + 46 + nameLength, extraLength }, fail),
    );
    position = next;
  }
  return members;
}

function readEntry(
  directory: DataView,
  position: number,
  {
    name,
    extraStart,
    extraLength,
  }: { readonly name: string; readonly extraStart: number; readonly extraLength: number },
  fail: (problem: string) => Error,
): ZipMember {
  let size = directory.getUint32(position + 24, true);
  let compressedSize = directory.getUint32(position + 20, true);
  let headerOffset = directory.getUint32(position + 42, true);
  // 4.5.3: the zip64 field holds, in this order, only those values that do not fit above.
  for (let at = extraStart; at + 4 <= extraStart + extraLength; at += 4 + directory.getUint16(at + 2, true)) {
    if (directory.getUint16(at, true) !== 1) continue;
    let field = at + 4;
    const fieldEnd = Math.min(field + directory.getUint16(at + 2, true), extraStart + extraLength);
    const take = (value: number) => {
      if (value !== 0xffffffff) return value;
      if (field + 8 > fieldEnd) throw fail('a zip64 field is damaged');
      field += 8;
      return safe(directory.getBigUint64(field - 8, true));
    };
    size = take(size);
    compressedSize = take(compressedSize);
    headerOffset = take(headerOffset);
  }
  const encrypted = (directory.getUint16(position + 8, true) & 1) === 1;
  const method = directory.getUint16(position + 10, true);
  const crc = directory.getUint32(position + 16, true);
  return { name, method, encrypted, crc, compressedSize, size, headerOffset };
}

async function readMember(
  source: ByteSource,
  members: ReadonlyMap<string, ZipMember>,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const fail = (problem: string) => malformed(source.path, 'zip', problem);
  const member = members.get(name);
  if (!member) throw fail(`it has no member "${name.slice(0, 80)}"`);
  const part = `member "${name.slice(0, 80)}"`;
  if (member.encrypted) throw fail(`${part} is encrypted`);
  const limit = member.compressedSize * maxRatio + freeBytes;
  if (member.size > limit) throw tooLarge(source.path, part, member.size, limit);

  const local = view(await source.read(member.headerOffset, 30, part));
  if (local.getUint32(0, true) !== 0x04034b50) throw fail(`${part} has no local header`);
  const start = member.headerOffset + 30 + local.getUint16(26, true) + local.getUint16(28, true);
  const packed = await source.read(start, member.compressedSize, part);
  const content = member.method === 0 ? packed : inflate(packed, member, part, fail);
  if (content.byteLength !== member.size)
    throw fail(`${part} has ${content.byteLength} bytes, its entry says ${member.size}`);
  if (crc32(content) !== member.crc) throw fail(`${part} does not have the checksum its entry says`);
  return content;
}

function inflate(
  packed: Uint8Array,
  member: ZipMember,
  part: string,
  fail: (problem: string) => Error,
): Uint8Array<ArrayBuffer> {
  if (member.method !== 8)
    throw fail(`${part} is packed by method ${member.method}; known are 0 (stored) and 8 (deflated)`);
  try {
    return new Uint8Array(inflateRawSync(packed, { maxOutputLength: Math.max(1, member.size) }));
  } catch (error) {
    if (error instanceof AnnealError) throw error;
    throw fail(`${part} cannot be unpacked`);
  }
}

const view = (bytes: Uint8Array<ArrayBuffer>) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A 64-bit length as a number; one too large to be exact becomes one that every range check refuses. */
const safe = (value: bigint) => (value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value));
