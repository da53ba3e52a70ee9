import { plural } from '../format.ts';

const count = (n: number, one: string, other: string): string => `${n} ${plural('en', n, { one, other })}`;

/** The view Export. Figures come formatted. */
export const exporting = {
  title: 'Export',
  run: (number: number, name: string) => `run ${number} ${name}`,
  memberCount: (n: number) => count(n, 'member', 'members'),
  inUse: 'Members in use',
  of: (n: string, split: string) => `of ${n} ${split}`,
  chooseMembers: 'Choose in Ensemble',
  splits: {
    train: 'training pictures',
    validation: 'validation pictures',
    test: 'test pictures',
    outOfFold: 'training pictures, each judged by a network that had not seen it',
  },
  formatList: 'Format',
  readers: (programs: string) => `Read by: ${programs}.`,
  onlyNative: 'Only the native TensorFlow runtime writes it, and it is not in use here.',
  size: (each: string, members: number) =>
    members === 1 ? `About ${each}.` : `About ${each} a member, beside what the members share.`,
  sample: 'Sample code',
  sampleNote: 'With your labels filled in.',
  steps: { write: 'Write', load: 'Load again', compare: 'Compare' },
  stepState: { open: 'open', working: 'in progress', done: 'done', failed: 'failed' },
  working: (step: string) => `${step}…`,
  cancelled: 'Export stopped. No file was left.',
  verified: (pictures: string, largest: string, limit: string) =>
    `Verified on ${pictures} pictures: largest difference ${largest}, limit ${limit}`,
  verifiedEqual: (pictures: string) => `Verified on ${pictures} pictures: not one answer differs`,
  verifiedChoices: (pictures: string, same: string) =>
    `Verified on ${pictures} pictures: the same first choice on ${same}`,
  seal: (pictures: string, largest: string, limit: string) =>
    `Differences of ${pictures} pictures between the run and the exported model, all under the limit ${limit}; the largest is ${largest}.`,
  sealChoices: (pictures: string, same: string) =>
    `Differences of ${pictures} pictures between the run and the exported model, which resizes by itself; the first choice is the same on ${same}.`,
  stamp: 'verified',
  stampChoices: 'same choice',
  limit: (value: string) => `limit ${value}`,
  none: 'no difference',
  done: (file: string) => `${file} exported and verified.`,
  openFolder: 'Open the folder',
  download: 'Download',
  copyHash: (hash: string) => `Copy the hash ${hash}`,
  refused: 'The picture with the largest difference',
  refusedRun: (label: string, probability: string) => `the run: ${label} ${probability}`,
  refusedExport: (label: string, probability: string) => `the export: ${label} ${probability}`,
  earlier: 'Earlier exports',
  noneYet: 'Nothing was exported from this run yet.',
  columns: { format: 'Format', file: 'File', size: 'Size', made: 'Made', check: 'Largest difference', hash: 'SHA-256' },
  gone: 'no longer there',
  card: {
    title: 'Model card',
    open: 'Model card',
    purpose: 'One page for others: what the model knows, how good it is, what it was made of.',
    save: 'Save as Markdown',
    close: 'Close the model card',
  },
  tryIt: 'Try it first',
};
