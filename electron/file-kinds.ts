import type { FileFilter } from 'electron';
import type { FileKind } from '../src/protocol/bridge.ts';
import type { ShellText } from './shell-text.ts';

const extensions: Readonly<Record<FileKind, readonly string[]>> = {
  pictures: ['jpg', 'jpeg', 'png', 'webp', 'gif', 'bmp', 'tif', 'tiff', 'avif', 'heic', 'heif'],
  bundle: ['anneal'],
  weights: ['safetensors', 'pth', 'pt', 'bin', 'h5', 'keras', 'json'],
  config: ['json'],
};

/** By the name alone: the engine looks at the content. */
export function isPictureFile(path: string): boolean {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return extensions.pictures.includes(extension);
}

/** Title and filter of the system's dialog. */
export function fileDialog(kind: FileKind, { menu }: ShellText): { title: string; filters: FileFilter[] } {
  const words = {
    pictures: [menu.choosePictures, menu.picturesFilter],
    bundle: [menu.chooseBundle, menu.bundleFilter],
    weights: [menu.chooseWeights, menu.weightsFilter],
    config: [menu.chooseConfig, menu.configFilter],
  } as const;
  const [title, name] = words[kind];
  return { title, filters: [{ name, extensions: [...extensions[kind]] }] };
}
