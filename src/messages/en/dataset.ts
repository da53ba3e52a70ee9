import type { MessageTable } from '../table.ts';

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
    message: 'The pictures are still being read; they can be changed once that has ended.',
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
