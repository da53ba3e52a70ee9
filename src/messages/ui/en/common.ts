import { plural } from '../format.ts';
/** Words that more than one view needs. */
export const common = {
  undo: 'Undo',
  cancel: 'Cancel',
  nothingMatches: 'Nothing matches',
  close: 'Close',
  /** A figure that is no longer renewed. */
  asOf: (clock: string) => `as of ${clock}`,
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
