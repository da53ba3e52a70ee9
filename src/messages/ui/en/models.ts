import { formatsOf, plural } from '../format.ts';

const format = formatsOf('en');
const modelCount = (value: number): string =>
  `${format.count(value)} ${plural('en', value, { one: 'model', other: 'models' })}`;

export const models = {
  title: 'Models',
  for: 'for',
  forLabel: 'Dataset that the fit is told for',
  noDataset: 'no dataset',
  counts: (here: number, rest: number) =>
    rest > 0 ? `${format.count(here)} here, ${format.count(rest)} can be pulled` : `${format.count(here)} here`,
  search: 'Search models',
  layout: 'How models are shown',
  layouts: { cards: 'Cards', table: 'Table', map: 'Map' },
  filters: { here: 'here', small: (megabytes: string) => `up to ${megabytes} MB`, free: 'free licence' },
  found: (value: number) => `${modelCount(value)} found`,
  nothingMatches: 'No model matches. Show all models instead.',
  showAll: 'Show all',

  import: 'Import a file…',
  importTip: 'Weights of PyTorch, timm or safetensors; the network is recognised by its content.',
  imported: (title: string, architecture: string) => `Imported ${title}: ${architecture}. Its head will be replaced.`,
  use: (title: string) => `Use ${title}`,
  useNone: 'Use a model',
  nothingHere: 'No model is on this machine yet. Pull one first.',
  pullFirst: (bytes: string) => `It is not on this machine yet. Pull it first${bytes ? `: ${bytes}` : ''}.`,
  chooseDataset: 'Choose the dataset to train on first.',

  here: 'here',
  embedded: 'comes with Anneal',
  pull: (bytes: string) => (bytes ? `Pull ${bytes}` : 'Pull'),
  pulling: (title: string) => `Pulling ${title}`,
  pulled: (title: string) => `${title} is here.`,
  fetched: (done: string, total: string) => `${done} of ${total}`,
  paused: (amount: string) => `Paused at ${amount}`,
  verifying: 'Checking that the file is the published one',
  pause: 'Pause',
  goOn: 'Go on',
  needsConnection: 'Needs a connection.',
  offline: (here: number) =>
    `No connection. ${modelCount(here)} ${here === 1 ? 'is' : 'are'} on this machine; the others need one.`,

  fit: (word: string, reason: string) => `${word}. ${reason}`,
  fits: { good: 'Good fit', works: 'Works', poor: 'Poor fit' },
  top1: (accuracy: string) => `${accuracy} top-1, publisher`,
  noTop1: 'top-1 not published',
  measured: (rate: string) => `${rate} images/s measured here`,
  estimated: (rate: string) => `~${rate} images/s estimated`,
  noSpeed: 'speed not measured yet',
  measure: 'Measure',
  measureTip: 'Times this network on this machine: about 20 s.',
  measuring: 'Measuring on this machine, about 20 s',
  remove: 'Remove',
  removed: (title: string) => `Removed ${title}.`,
  importAgain: (title: string) => `The file of ${title} has been freed. Import it again from where it was.`,
  embeddedStays: 'It comes with Anneal and stays.',

  columns: {
    title: 'Model',
    here: 'Here',
    fit: 'Fit',
    top1: 'Top-1',
    speed: 'Speed',
    speedShort: 'Images/s',
    parameters: 'Parameters',
    inputSize: 'Input',
    inputShort: 'Input, px',
    bytes: 'File',
    licence: 'Licence',
  },
  top1Tip: 'On ImageNet, as its publisher says.',
  speedTip: 'On this machine; ~ is estimated.',
  architecture: 'Network',
  source: 'Source',
  paper: 'Paper',
  openPaper: 'Open the paper',
  layerGroups: (value: number) =>
    `${format.count(value)} ${plural('en', value, { one: 'layer group', other: 'layer groups' })}, shallow to deep`,
  mapEmpty: 'Speed against accuracy will be here, once one model has been measured on this machine.',
  measureOne: (title: string) => `Measure ${title}`,
  mapHelp: 'Hollow: estimated. Filled: measured on this machine. The area is the size of the file.',
  notOnMap: (value: number) =>
    `${modelCount(value)} ${value === 1 ? 'is' : 'are'} not on the map: their speed or accuracy is not known. Hollow: estimated. Filled: measured here.`,
};
