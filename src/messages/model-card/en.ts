import { plural } from '../ui/format.ts';
import type { CardWords } from './words.ts';

const counted = (n: number, one: string, other: string): string => `${n} ${plural('en', n, { one, other })}`;

const splits = {
  train: 'training pictures (not a fair measure)',
  validation: 'validation pictures (choices were made by them)',
  test: 'test pictures, opened once',
  outOfFold: 'training pictures, each judged by a network that had not seen it',
};

export const english: CardWords = {
  summary: ({ classes, networks, architecture, backbone, preset, pictures, folder, day }) =>
    `Tells ${classes} classes of pictures apart. It is the average of ${counted(networks, 'network', 'networks')} (${architecture}), ` +
    `trained with Anneal (preset ${preset}) from ${backbone} on ${counted(pictures, 'picture', 'pictures')} of the folder “${folder}”${day === null ? '' : `, ${day}`}.`,
  titles: {
    classes: 'Classes',
    accuracy: 'Accuracy',
    limits: 'Limits',
    pictures: 'Pictures',
    network: 'Network',
    training: 'Training',
    input: 'How a picture becomes the input',
    use: 'Use',
    configuration: 'Configuration',
  },
  classOrder: 'In the order of the outputs; names as the folders had them, in natural order.',
  accuracyColumns: ['accuracy', '95 % interval (Wilson)', 'measured on'],
  test: 'Ensemble, test',
  ensemble: 'Ensemble',
  member: (name, share) => `${name}, share ${share}`,
  interval: (low, high) => `${low} to ${high}`,
  measuredOn: (n, split) => `${n} ${splits[split]}`,
  notMeasured: 'Not measured for these members.',
  noTest:
    'There is no test result for these members: the figures above are those that choices were made by, so they may flatter.',
  testOfOthers: (names, accuracy) => `The test set was opened for other members (${names}: ${accuracy}).`,
  limits: (inputSize) => [
    'It knows only the classes above: any picture gets one of them, whatever it shows. A low probability is a warning, a high one no proof.',
    'The accuracy holds for pictures like those it was trained on: same kind of camera, background, season.',
    `The network sees ${inputSize} × ${inputSize} pixels of the centre; what is smaller than a few pixels there, or lies outside, is not seen.`,
  ],
  dataset: (pictures, version, contentHash) =>
    `${counted(pictures, 'picture', 'pictures')}, dataset version ${version}, content hash \`${contentHash}\``,
  trainingPictures: (pictures, contentHash) =>
    `${counted(pictures, 'picture', 'pictures')} to train and to choose by, content hash \`${contentHash}\``,
  split: (train, validation, test) => `${train} to train, ${validation} to validate, ${test} to test`,
  backbone: (name, architecture) => `Backbone ${name}, architecture ${architecture}`,
  weights: (licence, source) => `Pretrained weights: ${licence}, ${source}`,
  membersAveraged: (members) => `Members: ${members}; their probabilities are averaged`,
  calibrated: (temperature) =>
    `Probabilities calibrated on held-out pictures: each member's logits are divided by a temperature of ${temperature} before the softmax`,
  recipe: (preset, seed, batchSize) => `Preset ${preset}, seed ${seed}, batches of ${batchSize}`,
  fineTuned: (schedule, peak, optimizer) => `Schedule ${schedule}, peak ${peak}, optimizer ${optimizer}`,
  headOnly: 'Frozen backbone; the head is solved on its features, one a fold',
  seconds: (seconds) => `${seconds} s of computing`,
  resize: (side, size, bicubic) =>
    `Turn upright by EXIF orientation; lay transparent parts on white; 8-bit RGB. Resize the shorter side to ${side} and the longer one to ` +
    `floor(${side} · long / short) with a ${bicubic ? 'bicubic (Keys, a = −0.5)' : 'bilinear'} filter, antialiased as Pillow does. ` +
    `Take the central ${side} × ${side} square, then its central ${size} × ${size} square, offsets rounded half to even.`,
  normalise: (mean, std) =>
    `Then, per channel (red, green, blue): \`(value / 255 - mean) / std\`, mean ${mean}, std ${std}.`,
  noLibrary: (architecture) =>
    `\`${architecture}\` stands for your own module with the names in the safetensors files: neither timm nor torchvision has this network.`,
};
