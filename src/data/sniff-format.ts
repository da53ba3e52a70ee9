import { pictureFormats, type PictureFormat } from '../protocol/file-kinds.ts';

/** Kinds of content that are recognised so that a refusal can name them. */
export type RefusedContent =
  | 'empty'
  | 'svg'
  | 'lfsPointer'
  | 'html'
  | 'text'
  | 'pdf'
  | 'photoshop'
  | 'jpeg-xl'
  | 'jpeg-2000'
  | 'archive'
  | 'video'
  | 'unknown';

export function isReadable(format: PictureFormat | RefusedContent): format is PictureFormat {
  return format in pictureFormats;
}

/** What a file is by its first bytes; its name is never asked. 256 bytes are enough, fewer do. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | RefusedContent {
  if (bytes.length === 0) return 'empty';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (/^(II[*+]\0|MM\0[*+])/.test(text)) return 'tiff';
  if (text.slice(4, 8) === 'ftyp') return sniffBrands(text);
  if (/^BM.{4}\0\0\0\0/s.test(text)) return 'bmp';
  if (text.startsWith('version https://git-lfs.github.com/')) return 'lfsPointer';
  if (text.startsWith('%PDF')) return 'pdf';
  if (text.startsWith('8BPS')) return 'photoshop';
  if (text.startsWith('\xff\x0a') || text.startsWith('\0\0\0\x0cJXL ')) return 'jpeg-xl';
  if (text.startsWith('\0\0\0\x0cjP  ')) return 'jpeg-2000';
  if (text.startsWith('PK\x03\x04') || text.startsWith('\x1f\x8b')) return 'archive';
  if (/^RIFF.{4}AVI /s.test(text) || text.startsWith('\x1aE\xdf\xa3')) return 'video';
  if (/^(\xef\xbb\xbf)?\s*(<\?xml[\s\S]*)?(<!--[\s\S]*?-->\s*)?(<!DOCTYPE svg[\s\S]*)?<svg[\s>]/i.test(text))
    return 'svg';
  if (/^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)/i.test(text)) return 'html';
  return /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(text) ? 'text' : 'unknown';
}

/** ISO base media files name their kind as a major brand and a list of compatible ones. */
function sniffBrands(text: string): PictureFormat | RefusedContent {
  const length = Math.min(text.length, text.charCodeAt(2) * 256 + text.charCodeAt(3));
  const brands = new Set([text.slice(8, 12)]);
  for (let at = 16; at + 4 <= length; at += 4) brands.add(text.slice(at, at + 4));
  if (brands.has('avif') || brands.has('avis')) return 'avif';
  if (['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'].some((brand) => brands.has(brand)))
    return 'heic';
  return 'video';
}
