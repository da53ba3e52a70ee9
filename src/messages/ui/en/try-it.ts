import { plural } from '../format.ts';

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const word = (count: number): string => numbers[count] ?? String(count);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const tryIt = {
  title: 'Try it',
  members: (count: number) => plural('en', count, { one: '1 member', other: `${count} members` }),
  bundle: (name: string) => `bundle ${name}`,
  choose: 'Choose a picture',
  chooseFolder: 'Choose a folder',
  paste: 'Paste',
  camera: 'Camera',
  stopCamera: 'Stop the camera',
  empty:
    'Drop a picture anywhere, paste one, choose one, or use the camera. It is answered on this machine and sent nowhere.',
  pasteNothing: 'There is no picture on the clipboard.',
  pasteDenied: 'The browser does not let this page read the clipboard. Ctrl V or Cmd V works.',
  picture: 'Picture',
  answer: 'Answer',
  thinking: 'Looking at the picture',
  verdicts: { sure: 'sure', likely: 'likely', notSure: 'not sure' },
  verdictTips: {
    sure: 'At least 90 %, and all members agree.',
    likely: 'At least 60 %, and all members agree.',
    notSure: 'Under 60 %, or the members differ.',
  },
  /** `votes`: labels with how many members say so, most first. */
  says: (votes: readonly (readonly [label: string, count: number])[]) => {
    const [first, ...rest] = votes;
    if (!first) return '';
    if (rest.length === 0) {
      return first[1] === 1 ? `The one member says ${first[0]}.` : `All ${word(first[1])} members say ${first[0]}.`;
    }
    const part = ([label, count]: readonly [string, number]): string =>
      `${word(count)} ${count === 1 ? 'says' : 'say'} ${label}`;
    const [label, count] = first;
    const lead = `${capital(word(count))} ${count === 1 ? 'member says' : 'members say'} ${label}`;
    return `${[lead, ...rest.map(part)].join(', ')}.`;
  },
  time: (time: string) => `${time}, not sent`,
  frame: 'The frame is what the network sees.',
  frameWhole: 'The network sees the whole picture.',
  noPreview: 'This kind of picture cannot be shown here. The network can read it.',
  onlyPath: 'Only the place of this file is known here, so the picture is not shown.',
  last: 'Last pictures',
  show: (name: string) => `Show ${name}`,
  unreadable: (name: string) => `${name} could not be read`,
  slow: 'A training is running: answers take longer.',
  said: (label: string, percent: string, verdict: string) => `${label}, ${percent}, ${verdict}`,
  cameraDenied: {
    denied:
      'The camera was not allowed. In the browser: the sign at the left of the address bar, Camera, Allow, then press Camera again. In the application: the privacy settings of the system.',
    none: 'No camera was found.',
    failed: 'The camera could not be started. Another application may be using it.',
  },
  frozen: 'Frozen. Space goes on.',
  live: 'Space freezes the picture.',
  freeze: 'Freeze',
  unfreeze: 'Go on',
  table: {
    several: 'Several pictures',
    title: (count: number, shown: string) =>
      plural('en', count, { one: `${shown} picture`, other: `${shown} pictures` }),
    picture: 'Picture',
    label: 'Answer',
    probability: 'Probability',
    second: 'Second',
    saveCsv: 'Save as CSV',
    close: 'Close the table',
    copying: (done: string, total: string) => `Copying ${done} of ${total}`,
    answering: (done: string, total: string) => `Answering ${done} of ${total}`,
    preparing: 'Loading the model',
    unread: (count: number) =>
      plural('en', count, { one: '1 file could not be read.', other: `${count} files could not be read.` }),
    csvName: 'predictions.csv',
  },
  noMembers: 'This run has no snapshot yet, so there is nothing to try.',
  showRun: 'Show the run',
};
