import type { FileFilter } from 'electron';
import { fileExtensions, type FileKind } from '../src/protocol/file-kinds.ts';
import type { ShellText } from './shell-text.ts';

/** By the name alone: the engine looks at the content. */
export function isPictureFile(path: string): boolean {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return fileExtensions.pictures.includes(extension);
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
  return { title, filters: [{ name, extensions: [...fileExtensions[kind]] }] };
}
