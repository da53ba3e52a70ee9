import type { MessageTable } from '../table.ts';

export const host = {
  'host.badMessage': (p) => ({
    message: 'The window sent something that the host does not understand.',
    expected: 'a message of this version of Anneal',
    ...(p['detail'] === undefined ? {} : { received: String(p['detail']) }),
    hint: 'Reload the window.',
  }),
  'host.cancelled': () => ({ message: 'Stopped on request.' }),
  'host.tooManyCalls': (p) => ({
    message: 'The window asks for too much at a time.',
    expected: `at most ${p['limit']} open questions`,
    hint: 'Wait for an answer, or reload the window.',
  }),
  'host.tooSlow': () => ({
    message: 'The window does not take what it is sent.',
    hint: 'Reload the window: nothing is lost.',
  }),
  'host.wrongHost': () => ({
    message: 'Anneal answers only under the name of this machine.',
    hint: 'Open the address that "anneal serve" has printed.',
  }),
  'host.wrongOrigin': () => ({
    message: 'Another page asked for this; Anneal answers only its own.',
    hint: 'Open the address that "anneal serve" has printed.',
  }),
  'host.noSession': () => ({
    message: 'This browser has not been let in.',
    hint: 'Open the address that "anneal serve" has printed. It is good for one browser; for another one start it again.',
  }),
  'host.notFound': () => ({ message: 'There is nothing at this address.' }),
  'host.badRequest': (p) => ({
    message: 'The page sent something that the host does not understand.',
    received: String(p['detail']),
    hint: 'Reload the page.',
  }),
  'host.notAllowed': (p) => ({
    message: `This folder is not open to pages in a browser: ${p['path']}`,
    expected: `something in ${(p['roots'] as readonly string[]).join(', ')}`,
    received: String(p['path']),
    hint: 'Allow it: anneal serve --allow FOLDER',
  }),
  'host.exists': (p) => ({
    message: `There is something of this name already: ${p['path']}`,
    hint: 'Choose another name.',
  }),
  'host.badRelativePath': (p) => ({
    message: `This does not name a picture of the dataset: ${p['path']}`,
    expected: "a path below the dataset's folder",
    received: String(p['path']),
  }),
  'host.badName': (p) => ({
    message: `A file cannot be called this here: ${p['name']}`,
    hint: 'Rename it and try again.',
  }),
  'host.unknownUpload': () => ({
    message: 'This copy is not under way any more.',
    hint: 'Drop the folder again.',
  }),
  'host.tooManyUploads': (p) => ({
    message: 'Too many folders are being copied at a time.',
    expected: `at most ${p['limit']}`,
    hint: 'Wait until one is done.',
  }),
  'host.uploadTooBig': (p) => ({
    message: 'More was sent than had been announced.',
    expected: `${p['files']} files of ${p['bytes']} bytes together`,
    hint: 'Drop the folder again.',
  }),
  'host.uploadCut': (p) => ({
    message: `The copy of ${p['name']} is not whole.`,
    hint: 'Drop the folder again.',
  }),
  'host.noRoom': (p) => ({
    message: 'There is not enough room for a copy.',
    expected: `${p['bytes']} free bytes`,
    received: `${p['free']} free bytes`,
    hint: 'Choose the folder where it lies instead of dropping it, or make room.',
  }),
  'host.portTaken': (p) => ({
    message: `Another program already uses port ${p['port']}.`,
    hint: 'Give another one with --port, or 0 for any free one.',
  }),
  'host.noWindow': (p) => ({
    message: `The window is not built: ${p['path']}`,
    expected: 'a folder with index.html',
    hint: 'In a clone run "npx vite build -c build/vite.config.ts".',
  }),
} satisfies MessageTable;
