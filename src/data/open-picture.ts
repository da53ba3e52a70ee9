import { decode as decodeBitmap } from 'bmp-ts';
import decodeHeic from 'heic-decode';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import type { PictureFormat } from '../protocol/file-kinds.ts';
import { AnnealError } from '../base/errors.ts';
import { captureTime } from './capture-time.ts';
import { isReadable, sniffFormat } from './sniff-format.ts';

// Many pictures are decoded side by side, one thread each; sharp's own cache of operations would only hold memory.
sharp.concurrency(1);
sharp.cache(false);

/** More than the largest phone sensors give (200 million); above it a small file may unpack to gigabytes. */
const maxPixels = 16_384 * 16_384;

export interface OpenPicture {
  readonly format: PictureFormat;
  /** Pixels after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** True where the file asks to be turned or mirrored. */
  readonly turned: boolean;
  /** By the camera's clock, milliseconds; null where the file does not say. */
  readonly takenMs: number | null;
  /** A fresh pipeline: upright, transparent parts laid on white, sRGB, 8 bits. Finish with `rgbPixels`. */
  readonly pipeline: () => Sharp;
  /** The end that the format demands is not there. */
  readonly endsEarly: boolean;
}

/**
 * Reads the header of a picture file's bytes. Embedded colour profiles are used for CMYK only: networks were trained on
 * numbers read without them, as Pillow does.
 *
 * Throws AnnealError `data.empty | data.svg | data.lfsPointer | data.notAPicture | data.tooManyPixels | data.truncated | data.unreadable`.
 */
export async function openPicture(bytes: Uint8Array): Promise<OpenPicture> {
  const format = sniffFormat(bytes);
  if (format === 'empty' || format === 'svg' || format === 'lfsPointer') throw new AnnealError(`data.${format}`);
  if (!isReadable(format)) throw new AnnealError('data.notAPicture', { found: format });
  try {
    if (format === 'bmp') return openRaw(format, decodeBmp(bytes));
    if (format === 'heic') return openRaw(format, await decodeHeicFirst(bytes));
    const options: SharpOptions = { failOn: 'truncated', limitInputPixels: false, autoOrient: true };
    const header = await sharp(bytes, options).metadata();
    const { width, height } = header.autoOrient;
    checkSize(width, height);
    const input = { ...options, ignoreIcc: header.space !== 'cmyk' };
    return {
      format,
      width,
      height,
      turned: (header.orientation ?? 1) !== 1,
      takenMs: captureTime(header.exif),
      endsEarly: endsEarly(bytes, format),
      pipeline: () => sharp(bytes, input).flatten({ background: 'white' }),
    };
  } catch (error) {
    throw decodeError(error, endsEarly(bytes, format));
  }
}

/** Runs a pipeline of the picture: uint8 [height, width, 3], RGB. Throws `data.truncated | data.unreadable`. */
export async function rgbPixels(
  picture: OpenPicture,
  pipeline: Sharp = picture.pipeline(),
): Promise<{ data: Uint8Array; width: number; height: number }> {
  try {
    const { data, info } = await pipeline.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return { data, width: info.width, height: info.height };
  } catch (error) {
    throw decodeError(error, picture.endsEarly);
  }
}

function openRaw(format: PictureFormat, picture: { width: number; height: number; data: Uint8Array }): OpenPicture {
  const { width, height, data } = picture;
  const raw = { width, height, channels: 4 as const };
  const pipeline = () => sharp(data, { raw, limitInputPixels: false }).flatten({ background: 'white' });
  return { format, width, height, turned: false, takenMs: null, endsEarly: false, pipeline };
}

function decodeBmp(bytes: Uint8Array) {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 30) throw new AnnealError('data.truncated');
  checkSize(Math.abs(buffer.readInt32LE(18)), Math.abs(buffer.readInt32LE(22)));
  const { width, height, data, bitPP } = decodeBitmap(buffer, { toRGBA: true });
  // Only 32-bit files carry transparency, and most of those leave the byte at 0 without meaning it.
  if (bitPP !== 32 || everyAlphaIsZero(data)) for (let i = 3; i < data.length; i += 4) data[i] = 255;
  return { width, height, data };
}

function everyAlphaIsZero(data: Uint8Array): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) return false;
  return true;
}

async function decodeHeicFirst(bytes: Uint8Array) {
  const { width, height, data } = await decodeHeic({ buffer: bytes });
  checkSize(width, height);
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

function checkSize(width: number, height: number): void {
  if (width * height > maxPixels) throw new AnnealError('data.tooManyPixels', { width, height, limit: maxPixels });
  if (!(width > 0 && height > 0)) throw new AnnealError('data.unreadable', { detail: `size ${width} × ${height}` });
}

/**
 * The decoders tell what is wrong in words only, and where many run side by side the words of one may reach another; so
 * the file's own end is asked first.
 */
function decodeError(error: unknown, endsEarly: boolean): AnnealError {
  if (error instanceof AnnealError) return error;
  const detail = error instanceof Error ? error.message : String(error);
  const truncated = endsEarly || /premature|truncat|unexpected end|bad seek|out of range/i.test(detail);
  return new AnnealError(truncated ? 'data.truncated' : 'data.unreadable', { detail: firstLine(detail) });
}

function endsEarly(bytes: Uint8Array, format: PictureFormat): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = file.subarray(-1024);
  if (format === 'jpeg') return !tail.includes(Buffer.from([0xff, 0xd9]));
  if (format === 'png') return !tail.includes('IEND');
  if (format === 'gif') return !tail.subarray(-16).includes(0x3b);
  if (format === 'webp') return file.length < 12 || file.readUInt32LE(4) + 8 > file.length;
  return false;
}

const firstLine = (text: string) => text.split('\n')[0]!.slice(0, 200);
