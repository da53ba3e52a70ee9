/** Words that more than one view needs. */
export const common = {
  undo: 'Undo',
  cancel: 'Cancel',
  close: 'Close',
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
};
