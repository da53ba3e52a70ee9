import { plural } from '../format.ts';
/** Words that more than one view needs. */
export const common = {
  undo: 'Undo',
  cancel: 'Cancel',
  nothingMatches: 'Nothing matches',
  close: 'Close',
  /** A figure that is no longer renewed. */
  asOf: (clock: string) => `as of ${clock}`,
  /** What stands beside an accuracy. */
  figures: {
    title: 'Beside the accuracy',
    verdicts: 'What it comes to',
    always: (label: string) => `always “${label}”`,
    alwaysWhy: (label: string) =>
      `What answering “${label}”, the most frequent class, to every picture would get right: a network has to be better than that.`,
    logLoss: 'log loss',
    logLossWhy:
      'How surprised the network is by the true classes, 0 for never: it counts how sure an answer was, not only whether it was right.',
    calibration: 'calibration error',
    calibrationWhy: (temperature: string) =>
      `How far its certainty is from how often it is right, over ten bins: at 5 %, of answers that are 80 % sure 75 to 85 % are right.${temperature === '' ? '' : ` The probabilities are calibrated by a temperature of ${temperature}.`}`,
    balanced: 'balanced accuracy',
    balancedWhy:
      'The mean over the classes of how many of their pictures are found: a rare class counts as much as a frequent one.',
    macroF1: 'macro F1',
    macroF1Why:
      'The mean over the classes of F1, which asks both how many pictures of a class are found and how many answers of it are right.',
  },
  /** Of a run whose purpose is to be compared with others. */
  trial: {
    word: 'trial',
    why: 'One of several runs to compare: its test pictures are set aside and never looked at.',
  },
  states: {
    queued: 'Queued',
    preparing: 'Preparing',
    running: 'Running',
    pausing: 'Pausing',
    paused: 'Paused',
    interrupted: 'Interrupted',
    failed: 'Failed',
    cancelled: 'Stopped, kept',
    finished: 'Finished',
    done: 'Done',
    working: 'In progress',
    open: 'Open',
    attention: 'Needs you',
  },
  copy: 'Copy',
  copied: 'Copied',
  reset: 'Reset',
  search: 'Search',
  details: 'Details',
  expected: 'Expected',
  received: 'Received',
  tryAgain: 'Try again',
  table: 'Table',
  copyAsPicture: 'Copy as picture',
  pictureFailed: 'This picture cannot be shown.',
  folders: {
    allowed: 'Folders that Anneal may read',
    up: 'Up',
    atTop: 'These are the topmost folders that Anneal may read.',
    choose: 'Choose this folder',
    chooseFirst: 'Open a folder first: Enter, or a double click.',
    found: (folders: number, pictures: number) =>
      `${plural('en', folders, { one: '1 folder', other: `${folders} folders` })}, ${plural('en', pictures, { one: '1 picture', other: `${pictures} pictures` })} directly in it`,
  },
};
