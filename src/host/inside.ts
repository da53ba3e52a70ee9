import { isAbsolute, relative, sep } from 'node:path';

/** Whether `path` is `folder` or lies below it. Both absolute and free of links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** A relative, '/'-separated path without a step up or to a place of its own, whatever else its names hold. */
export function staysWithin(path: string): boolean {
  const foreign = process.platform === 'win32' ? /[\0\\:]/ : /\0/;
  return !foreign.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
}

/** A relative, '/'-separated path of plain names: it cannot lead out of the folder it is put below. */
export function isPlainRelativePath(path: string): boolean {
  return path.length <= 4096 && path.split('/').every(isPlainName);
}

// eslint-disable-next-line no-control-regex -- they are what is looked for
const forbidden = process.platform === 'win32' ? /[\u0000-\u001f\u007f/\\:*?"<>|]|[. ]$/ : /[\u0000-\u001f\u007f/\\]/;
/** Devices of Windows, which are no files there whatever their ending. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;

/** The name of one file or folder: no way to another, nothing that a terminal could take for a command. */
export function isPlainName(name: string): boolean {
  const fits = name !== '' && Buffer.byteLength(name) <= 255;
  return fits && name !== '.' && name !== '..' && !forbidden.test(name) && !device.test(name);
}
