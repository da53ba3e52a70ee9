import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const drawing = fileURLToPath(new URL('anneal.svg', import.meta.url));

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** Types of Apple's icon format that hold PNG, with the pixels of their side. */
const appleTypes = {
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic13: 256,
  ic08: 256,
  ic14: 512,
  ic09: 512,
  ic10: 1024,
};

/** Draws the application's icon into `folder`, as electron-builder looks for it: `linux/SIZExSIZE.png`, `icon.ico`, `icon.icns`. */
export async function drawIcons(folder: string): Promise<void> {
  const svg = await readFile(drawing);
  const draw = (size: number): Promise<Buffer> =>
    sharp(svg, { density: (72 * size) / 512 })
      .resize(size, size)
      .png({ compressionLevel: 9 })
      .toBuffer();
  await mkdir(join(folder, 'linux'), { recursive: true });
  for (const size of linuxSizes) await writeFile(join(folder, 'linux', `${size}x${size}.png`), await draw(size));
  const windows = await Promise.all(windowsSizes.map(async (size) => ({ size, png: await draw(size) })));
  await writeFile(join(folder, 'icon.ico'), icoFile(windows));
  const apple = Object.entries(appleTypes).map(async ([type, size]) => ({ type, png: await draw(size) }));
  await writeFile(join(folder, 'icon.icns'), icnsFile(await Promise.all(apple)));
}

/** Windows' format: a table of entries, then the pictures. https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10) */
export function icoFile(pictures: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2); // an icon, not a cursor
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(size % 256, entry); // 256 is written as 0
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4); // colour planes
    head.writeUInt16LE(32, entry + 6); // bits a pixel
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Apple's format: 'icns', the length of all, then blocks of type, length, content; lengths count their own eight bytes. */
export function icnsFile(pictures: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const block = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(content.length + 8, 4);
    return Buffer.concat([head, content]);
  };
  return block('icns', Buffer.concat(pictures.map(({ type, png }) => block(type, png))));
}
