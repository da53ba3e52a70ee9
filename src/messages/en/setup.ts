import { list, type MessageTable } from '../table.ts';

const withoutTensorflow =
  'Until then Anneal computes with WebAssembly: prediction, frozen features and training of heads work, fine-tuning of layers does not.';
const again = 'Then run `npm run setup` again.';

/** Each is one line in a terminal: what is impossible, how to change that, what works meanwhile. */
export const setup = {
  'setup.noPython': (p) => ({
    message: `TensorFlow comes as a Python package, and no Python 3 was found (tried ${list(p['tried'])}).`,
    hint: `Install Python 3 with pip. ${again} ${withoutTensorflow}`,
  }),
  'setup.noPip': (p) => ({
    message: `TensorFlow comes as a Python package, and ${p['python']} has no pip.`,
    hint: `Install pip (on Debian and Ubuntu the package python3-pip). ${again} ${withoutTensorflow}`,
  }),
  'setup.noRuntime': (p) => ({
    message: `There is no ready-made TensorFlow library for ${p['platform']} (there is for ${list(p['known'])}).`,
    hint: 'Anneal computes with WebAssembly here: prediction, frozen features and training of heads work, fine-tuning of layers does not.',
  }),
  'setup.noGlibc': () => ({
    message: 'The ready-made TensorFlow library needs a Linux with glibc, and this one has another C library.',
    hint: 'Anneal computes with WebAssembly here: prediction, frozen features and training of heads work, fine-tuning of layers does not.',
  }),
  'setup.downloadFailed': (p) => ({
    message: `TensorFlow could not be downloaded with pip${p['detail'] ? `: ${p['detail']}` : '.'}`,
    hint: `Check the network connection. ${again} ${withoutTensorflow}`,
  }),
  'setup.wrongChecksum': (p) => ({
    message: `The downloaded ${p['file']} is not the file that Anneal knows, so it was deleted.`,
    expected: `sha256 ${p['sha256']}`,
    hint: `The download may have been cut short. ${again} ${withoutTensorflow}`,
  }),
  'setup.unpackFailed': (p) => ({
    message: `TensorFlow's library could not be unpacked into ${p['folder']}: ${p['detail']}`,
    hint: `It needs 0.7 GB there; the environment variable ANNEAL_CACHE chooses another folder. ${again} ${withoutTensorflow}`,
  }),
  'setup.filesRefused': (p) => ({
    message: `Setup could not write what it needs: ${p['detail']}`,
    hint: `It keeps its files in ${p['folder']}; the environment variable ANNEAL_CACHE chooses another folder. ${again} ${withoutTensorflow}`,
  }),
  'setup.noCompiler': (p) => ({
    message: `To build ${p['name']}, a C++ compiler and make are needed, and ${p['missing']} was not found.`,
    hint:
      `Install them (on Debian and Ubuntu the package build-essential, on macOS the Xcode command line tools). ${again} ` +
      afterBuild(p['name']),
  }),
  'setup.buildFailed': (p) => ({
    message: `Building ${p['name']} failed${p['detail'] ? `: ${p['detail']}` : '.'}`,
    hint: `All output is in ${p['logFile']}. ${afterBuild(p['name'])}`,
  }),
  'setup.doesNotLoad': (p) => ({
    message: `${capital(p['name'])} was built but does not load: ${p['detail']}`,
    hint: withoutTensorflow,
  }),
  'setup.packageMissing': (p) => ({
    message: `The package ${p['name']}, which this version of Node needs, is not in node_modules.`,
    hint: 'Run `npm ci` with this version of Node.',
  }),
  'setup.windowFailed': (p) => ({
    message: 'The window could not be built.',
    received: String(p['detail']),
    hint: 'Run "npm ci" in the clone and try again. The command line works without the window.',
  }),
} satisfies MessageTable;

function capital(value: unknown): string {
  const text = String(value);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** SQLite cannot be done without, but newer Node has it ready-made. */
function afterBuild(name: unknown): string {
  return String(name).includes('SQLite')
    ? 'Node 22 or newer needs no compiler for this part; without it Anneal cannot start.'
    : withoutTensorflow;
}
