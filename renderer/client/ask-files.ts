import type { FileChoice } from '../../src/protocol/bridge.ts';
import { fileExtensions, type FileKind } from '../../src/protocol/file-kinds.ts';
import type { GivenFile } from './client.ts';
import { give } from './read-drop.ts';

/** What the browser's dialog offers. Of pictures it knows the usual endings by itself, and some systems more of them. */
function acceptedBy(kind: FileKind): string {
  const endings = fileExtensions[kind].map((extension) => `.${extension}`);
  return [...(kind === 'pictures' ? ['image/*'] : []), ...endings].join(',');
}

/** The browser's own dialog, which gives the content of the files too. Empty: none was chosen. */
export function askFiles(
  { kind, multiple }: FileChoice,
  pathOf: (file: File) => string | null,
): Promise<readonly GivenFile[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = acceptedBy(kind);
  input.multiple = multiple;
  return new Promise((resolve) => {
    input.onchange = () => resolve([...(input.files ?? [])].map((file) => give(file, pathOf)));
    input.oncancel = () => resolve([]);
    input.click();
  });
}
