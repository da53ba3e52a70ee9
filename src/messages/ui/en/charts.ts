import { plural } from '../format.ts';

/** Both ends as they are written. */
interface TextRange {
  readonly from: string;
  readonly to: string;
}

const pictures = (n: number, shown: string): string =>
  `${shown} ${plural('en', n, { one: 'picture', other: 'pictures' })}`;

/** Words inside and around plots. Figures come formatted. */
export const charts = {
  noData: 'Nothing to show yet',
  copied: (title: string) => `Copied “${title}” as a picture.`,
  saved: (title: string) => `The clipboard was refused, so “${title}” was saved as a file.`,
  copyFailed: (title: string) => `“${title}” could not be made into a picture.`,
  position: (title: string) => `${title}, position`,
  newest: 'newest',
  epoch: 'epoch',
  epochAt: (epoch: string) => `epoch ${epoch}`,
  time: 'time',
  snapshotAt: (number: string) => `snapshot ${number}`,
  valueAt: (label: string, value: string) => `${label} ${value}`,
  linear: 'linear',
  log: 'log',
  scale: 'Scale',
  rose: (what: string, from: string, to: string) => `${what} rose from ${from} to ${to}`,
  fell: (what: string, from: string, to: string) => `${what} fell from ${from} to ${to}`,
  stayed: (what: string, at: string) => `${what} stayed at ${at}`,
  best: (value: string, at: string) => `best ${value} at ${at}`,
  zoomed: (from: string, to: string) => `shown: ${from} to ${to}`,

  members: 'members',
  memberCount: (n: number) => `${n} ${plural('en', n, { one: 'member', other: 'members' })}`,
  accuracy: 'Accuracy',
  interval: '95 % interval',
  alone: 'alone',
  gain: 'gain',
  /** Over a narrow column. */
  gainShort: 'gain',
  latency: 'ms a picture',
  ms: 'ms',
  chosen: 'chosen',
  onTheLine: 'on the Pareto line',
  staircaseSummary: (n: number, first: string, last: string) =>
    `With 1 to ${n} members the ensemble goes from ${first} to ${last}.`,
  staircaseOne: (accuracy: string) => `One member: ${accuracy}.`,
  staircasePoint: (n: number, name: string, accuracy: string, gain: string) =>
    `${n} ${plural('en', n, { one: 'member', other: 'members' })}, ${name} last: ${accuracy}${gain ? `, ${gain}` : ''}`,
  paretoSummary: (subsets: number, onLine: number, chosen: string) =>
    `${subsets} choices of members, ${onLine} of them on the line of the best accuracy for their time. Chosen: ${chosen}.`,
  paretoPoint: (members: string, accuracy: string, time: string) => `members ${members}: ${accuracy}, ${time}`,
  points: (value: string) => `${value} points`,

  imagesPerSecond: 'images/s here',
  top1: 'Top-1, publisher’s',
  megabytes: 'Size',
  measured: 'measured',
  estimated: 'estimated',
  modelMap: 'Speed here and published accuracy',
  mapSummary: (models: number, measured: number) =>
    `${models} ${plural('en', models, { one: 'model', other: 'models' })} by speed on this machine and published accuracy, ${measured} measured here.`,
  mapPoint: (name: string, speed: string, top1: string, size: string, how: string) =>
    `${name}: ${top1} top-1, ${speed} ${how}, ${size}`,

  from: 'from',
  to: 'to',
  pictures: 'pictures',
  histogramSummary: (n: number, shown: string, all: TextRange, most: TextRange) =>
    `${pictures(n, shown)} from ${all.from} to ${all.to}; most between ${most.from} and ${most.to}.`,
  bin: (from: string, to: string, n: number, shown: string) => `${from} to ${to}: ${pictures(n, shown)}`,

  trueClass: 'true',
  predictedClass: 'predicted',
  trueAndPredicted: 'True class in rows, predicted class in columns',
  cell: (row: string, column: string, n: number, shown: string) =>
    `true ${row}, predicted ${column}, ${pictures(n, shown)}`,
  cellShare: (row: string, column: string, share: string) => `true ${row}, predicted ${column}, ${share} of the row`,
  agreementCell: (row: string, column: string, share: string) => `${row} and ${column}: ${share} the same answer`,
  takenFor: (row: string, column: string) => `${row} taken for ${column}`,
  mostConfused: (n: number) => `The ${n} most confused pairs`,
  whole: 'Whole matrix',
  pairs: 'Most confused',
  show: 'Show',
  noMistakes: 'No mistakes on these pictures.',
  matrixSummary: (classes: number, right: string, of: string) =>
    `Confusion matrix of ${classes} ${plural('en', classes, { one: 'class', other: 'classes' })}: ${right} of ${of} pictures right.`,
  worstPair: (row: string, column: string, n: string) => `Most often ${row} is taken for ${column}: ${n}.`,
  agreementSummary: (low: string, high: string) => `Pairs of members agree on ${low} to ${high} of the pictures.`,

  snapshot: (number: string) => `Snapshot ${number}`,
  differs: 'differs',
  helpsNothing: 'adds nothing to those before it',
  first: 'the first',
  switchMember: (name: string) => `Member ${name}`,
  lastMember: 'An ensemble needs at least one member.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomReset: 'Show all',
};
