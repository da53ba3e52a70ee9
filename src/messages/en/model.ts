import type { MessageTable } from '../table.ts';

export const model = {
  'model.unknownClasses': (p) => ({
    message: 'The folder has classes that the model does not know.',
    expected: `classes among ${(p['classes'] as readonly string[]).join(', ')}`,
    received: (p['unknown'] as readonly string[]).join(', '),
    hint: 'Name the sub-folders as the model names its classes.',
  }),
  'model.missing': (p) => ({
    message: `There is no trained model in ${p['folder']}.`,
    expected: 'a finished run, or an exported bundle (*.anneal)',
    hint: 'A run that was interrupted has no model yet: continue it with "anneal resume".',
  }),
  'model.missingFile': (p) => ({
    message: `A file of the model is missing: ${p['file']} in ${p['where']}.`,
    hint: 'Take the model from where it was exported again; its parts belong together.',
  }),
  'model.checksum': (p) => ({
    message: `A file of the model is not what was written: ${p['file']} in ${p['where']}.`,
    expected: `${p['expected']}`,
    received: `${p['received']}`,
    hint: 'It was changed or damaged on the way. Export or copy the model again.',
  }),
  'model.pictureSize': (p) => ({
    message: 'Pictures of another size than the model takes were handed to it.',
    expected: `${p['expected']} bytes (${p['side']} × ${p['side']} pixels each)`,
    received: `${p['received']} bytes`,
  }),
  'model.noMember': (p) => ({
    message: `The model has no member called "${p['received']}".`,
    expected: `one of ${(p['members'] as readonly string[]).join(', ')}`,
    received: String(p['received']),
  }),
} satisfies MessageTable;
