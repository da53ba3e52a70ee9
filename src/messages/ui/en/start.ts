import { plural } from '../format.ts';

const pictures = (count: number, shown: string): string =>
  plural('en', count, { one: `${shown} picture`, other: `${shown} pictures` });
const classes = (count: number): string => plural('en', count, { one: '1 class', other: `${count} classes` });

export const start = {
  title: 'Turn a folder of pictures into a network',
  subtitle: 'One sub-folder a class. Your pictures stay where they are and are never changed.',
  drop: 'Drop a folder anywhere in this window',
  choose: 'Choose a folder',
  sample: 'Open the sample',
  recent: 'Recent',
  classes,
  pictures,
  best: (accuracy: string) => `best ${accuracy}`,
  running: (run: string) => `${run} is running`,
  open: 'Open',
  more: (name: string) => `More for ${name}`,
  remove: 'Remove from this list',
  removed: (name: string) => `${name} was removed from the list. The folder is untouched.`,
  notFound: (path: string) => `Not found at ${path}.`,
  locate: 'Locate it…',
  firstRun: {
    title: 'No pictures at hand?',
    text: 'The sample is a small set of drawn pictures in a few classes, made on this machine. It goes through everything here in minutes.',
  },
  opening: {
    copying: (files: string, bytes: string) => `Copying ${files} files, ${bytes}`,
    copied: (done: string, total: string) => `${done} of ${total} files`,
    listing: (name: string, files: string) => `Looking through ${name}: ${files} files so far`,
    reading: (done: string, total: string) => `Reading ${done} of ${total} files`,
    sample: 'Drawing the sample',
    begin: (name: string) => `Opening ${name}`,
    failed: (name: string) => `${name} was not opened`,
    chooseOther: 'Choose another folder',
    dismiss: 'Dismiss',
  },
  compute: {
    title: 'Compute',
    checking: 'Checking',
    checkingText: 'Looking what this machine can do.',
    ready: 'Ready',
    runtime: (version: string, threads: number) =>
      `TensorFlow ${version} · ${plural('en', threads, { one: '1 thread', other: `${threads} threads` })}`,
    devices: (devices: string) => `Computes on ${devices}.`,
    step: (time: string) => `A test step takes ${time}.`,
    limited: 'Limited',
    limitedText: 'Without the native runtime only frozen backbones can be trained.',
    missing: 'Missing',
    missingText: 'The runtime that computes is not set up. Everything but training works meanwhile.',
    failed: 'Not set up',
    stillWorks: 'Everything but training works meanwhile.',
    setUp: 'Set up',
    settingUp: 'Setting up',
  },
};
