import type { FileChoice } from '../../src/protocol/bridge.ts';
import type { GivenFile } from './client.ts';
import { give } from './read-drop.ts';

const accepted: Readonly<Record<FileChoice['kind'], string>> = {
  pictures: 'image/*,.heic,.heif,.bmp,.tif,.tiff',
  bundle: '.anneal',
  weights: '.safetensors,.pth,.pt,.bin,.h5,.keras,.json',
  config: '.json',
};

/** The browser's own dialog, which gives the content of the files too. Empty: none was chosen. */
export function askFiles(
  { kind, multiple }: FileChoice,
  pathOf: (file: File) => string | null,
): Promise<readonly GivenFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = accepted[kind];
  input.multiple = multiple;
  return new Promise((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])].map((file) => give(file, pathOf)));
    input.oncancel = () => resolve([]);
    input.click();
  });
}
