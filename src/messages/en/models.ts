import { list, type MessageTable } from '../table.ts';

/** The first few of many names. */
function some(value: unknown): string {
  const names = Array.isArray(value) ? value.map(String) : [];
  if (names.length === 0) return 'none';
  return names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ');
}

export const models = {
  'models.unknownArchitecture': (p) => ({
    message: `There is no architecture named "${p['name']}".`,
    expected: `one of ${list(p['known'])}`,
    received: `"${p['name']}"`,
    ...(p['nearest'] === null ? {} : { hint: `Did you mean "${p['nearest']}"?` }),
  }),
  'models.unknownNode': (p) => ({
    message: `${p['architecture']} has no layer named "${p['name']}".`,
    ...(p['nearest'] === null ? {} : { hint: `Did you mean "${p['nearest']}"?` }),
  }),
  'models.freezeOutOfRange': (p) => ({
    message: `freezeTo ${p['freezeTo']} is not a layer group of ${p['architecture']}.`,
    expected: `a whole number from 0 (nothing frozen) to ${p['last']} (only the head trains)`,
    received: `${p['freezeTo']}`,
  }),
  'models.classesOutOfRange': (p) => ({
    message: 'A network needs at least one class.',
    expected: 'a whole number of classes, 1 or more',
    received: `${p['classes']}`,
  }),
  'models.notBelow': (p) => ({
    message: `In ${p['architecture']}, "${p['to']}" cannot be computed from "${p['from']}" alone.`,
    expected: 'a layer whose every path from the picture goes through the first one',
    hint: 'Cut at the end of a layer group: its output is a single layer.',
  }),
  'models.parameterMismatch': (p) => ({
    message: `These weights do not fit ${p['architecture']}.`,
    expected: 'every parameter by its name and shape, and no other',
    received: [
      `missing: ${some(p['missing'])}`,
      `unexpected: ${some(p['unexpected'])}`,
      `other shape: ${some(p['mismatched'])}`,
    ].join('; '),
    hint: 'Choose the architecture that the file was saved from. For another number of classes, leave the head out.',
  }),
  'models.inputTooSmall': (p) => ({
    message: `${p['architecture']} cannot take pictures of ${p['size']} × ${p['size']} pixels: at "${p['node']}" nothing is left.`,
    hint: 'Use a larger input size.',
  }),
} satisfies MessageTable;
