import type { MessageTable } from '../table.ts';

/** Why a file was not moved. */
const refusals: Readonly<Record<string, string>> = {
  notPlanned: 'this move is not planned any more',
  gone: 'it is no longer there',
  changed: 'it was changed since the last scan',
  isLink: 'it is a link',
  outside: 'a link leads out of the folder',
  exists: 'a file of that name is there',
  failed: 'the file system refused',
};

/** Words for datasets of a workspace, the changes made to them by hand, and their pictures in the window. */
export const dataset = {
  'dataset.unknown': (p) => ({
    message: 'This workspace has no such dataset.',
    expected: 'the number of a dataset that was opened here',
    received: String(p['received']),
    hint: 'Open the folder again.',
  }),
  'dataset.notScanned': () => ({
    message: 'The pictures of this folder have not been read yet.',
    hint: 'Open the folder again: reading goes on where it was.',
  }),
  'dataset.scanning': () => ({
    message: 'The pictures are still being read; files can be moved once that has ended.',
    hint: 'Wait for it, then try again.',
  }),
  'dataset.unknownClass': (p) => ({
    message: 'The dataset has no such class.',
    expected: (p['classes'] as readonly string[]).join(', '),
    received: String(p['received']),
  }),
  'dataset.unknownPicture': (p) => ({
    message: 'The dataset has no such picture.',
    received: String(p['path']),
    hint: 'Check the folder again where it was changed.',
  }),
  'dataset.otherPictures': (p) => ({
    message: 'This folder holds none of the pictures of the dataset.',
    expected: `the folder that was at ${p['before']}`,
    received: String(p['root']),
    hint: 'Choose another folder, or open this one as a dataset of its own.',
  }),
  'dataset.labelsFromList': (p) => ({
    message: 'The classes of these pictures come from a CSV list, not from folders: moving files would change nothing.',
    received: String(p['root']),
    hint: 'Your changes count in every run all the same; to keep them elsewhere, change the list.',
  }),
  'dataset.movesFailed': (p) => {
    const failed = p['failed'] as readonly string[];
    const tell = (entry: string): string => {
      const at = entry.indexOf(':');
      return `${entry.slice(at + 1)} (${refusals[entry.slice(0, at)]})`;
    };
    return {
      message: `${failed.length} of ${failed.length + Number(p['moved'])} files were not moved: ${failed.slice(0, 20).map(tell).join('; ')}${failed.length > 20 ? '; …' : ''}.`,
      hint: 'They lie where they were, and their changes are kept. All others were moved.',
    };
  },
  'dataset.noUndo': () => ({ message: 'No change is left to undo.' }),
  'dataset.noRedo': () => ({ message: 'No change was undone.' }),
  'store.folderTaken': (p) => ({
    message: 'This folder is a dataset of its own already.',
    received: String(p['root']),
    hint: 'Open it from the list, or choose the folder that the pictures were moved to.',
  }),
  'media.unknownPicture': (p) => ({
    message: 'The dataset has no such picture.',
    received: String(p['path']),
    hint: 'Check the folder again where it was changed.',
  }),
  'media.outside': (p) => ({
    message: 'A link leads out of the folder of the dataset; its picture is not shown.',
    received: String(p['path']),
  }),
} satisfies MessageTable;
