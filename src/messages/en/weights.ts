import { list, type MessageTable } from '../table.ts';

const again = 'Copy or download the file again.';

export const weights = {
  'weights.missingFile': (p) => ({
    message: `There is no file ${p['path']}.`,
    hint: 'Check the path.',
  }),
  'weights.unreadable': (p) => ({
    message: `${p['path']} cannot be read (${p['detail']}).`,
    hint: 'Name a file that you may read, not a folder.',
  }),
  'weights.truncated': (p) => ({
    message: `${p['path']} ends too early, in its ${p['part']}.`,
    expected: `${p['expected']} bytes`,
    received: `${p['received']} bytes`,
    hint: `The file is cut off. ${again}`,
  }),
  'weights.malformed': (p) => ({
    message: `${p['path']} is not a valid ${p['format']} file: ${p['problem']}.`,
    hint: `The file is damaged or was written by a faulty program. ${again}`,
  }),
  'weights.tooLarge': (p) => ({
    message: `${p['path']} asks for too much memory, in its ${p['part']}.`,
    expected: `at most ${p['limit']} bytes`,
    received: `${p['bytes']} bytes`,
    hint: 'The file is damaged, or was made to exhaust memory. Do not use it if you do not know its origin.',
  }),
  'weights.unknownFormat': (p) => ({
    message: `${p['path']} is not a weights file that Anneal reads.`,
    expected: 'safetensors, or a state_dict saved by torch.save (.pth, .pt, .th)',
    received: String(p['looksLike']),
    hint: String(p['hint']),
  }),
  'weights.forbiddenGlobal': (p) => ({
    message: `${p['path']} asks to run "${p['name']}", which a weights file has no need of. Nothing of it was run.`,
    expected: `only ${list(p['allowed'])}`,
    received: String(p['name']),
    hint: 'If you trust the file, load it in Python and save its state_dict alone, best as safetensors.',
  }),
  'weights.forbiddenOpcode': (p) => ({
    message: `${p['path']} holds the pickle instruction ${p['opcode']} at byte ${p['position']}, which a weights file has no need of.`,
    expected: 'the instructions that torch.save writes for a state_dict',
    received: String(p['opcode']),
    hint: 'If you trust the file, load it in Python and save its state_dict alone, best as safetensors.',
  }),
  'weights.noTensors': (p) => ({
    message: `${p['path']} holds no table of named tensors.`,
    expected: 'a state_dict, alone or under a key such as state_dict or model',
    received: `keys: ${list(p['keys'])}`,
    hint: 'Save model.state_dict() from Python.',
  }),
  'weights.missingTensor': (p) => ({
    message: `${p['path']} has no tensor "${p['name']}".`,
    expected: `a name in the file, for example ${list(p['known'])}`,
    received: `"${p['name']}"`,
    hint: 'Choose the architecture that the file was saved from.',
  }),
  'weights.unwritableTensor': (p) => ({
    message: `The tensor "${p['name']}" cannot be written.`,
    expected: `as many values as its shape ${p['shape']} says, and a name other than __metadata__`,
    received: `${p['elements']} values`,
  }),
} satisfies MessageTable;
