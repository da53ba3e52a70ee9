import { exportFormats } from '../../protocol/formats/index.ts';
import type { MessageTable } from '../table.ts';

const portable = exportFormats.flatMap(({ key, needsNative }) => (needsNative ? [] : [key])).join(', ');
const list = (names: unknown): string => (Array.isArray(names) && names.length > 0 ? names.join(', ') : 'no option');

export const exporting = {
  'export.notFound': (p) => ({
    message: `There is no file ${p['path']}.`,
    expected: 'an exported bundle (*.anneal)',
    hint: 'Check the path, or name a run instead.',
  }),
  'export.notABundle': (p) => ({
    message: `${p['path']} is not an Anneal bundle.`,
    expected: 'a file written by "anneal export --format bundle"',
    received: `${p['detail']}`,
    hint: 'If it was downloaded or copied, it may be incomplete: fetch it again.',
  }),
  'export.tooLarge': (p) => ({
    message: `A bundle of this size cannot be handled: ${p['path']}.`,
    expected: `at most ${p['limit']} bytes`,
    received: `${p['received']} bytes`,
    hint: 'Select fewer members (--set ensemble.selection=greedy), or export to another format.',
  }),
  'export.absurdSize': (p) => ({
    message: `A file inside ${p['path']} claims a size that cannot be right: ${p['file']}.`,
    expected: `at most ${p['limit']} bytes`,
    received: `${p['received']} bytes`,
    hint: 'Do not use this bundle; get it again from where it was exported.',
  }),
  'export.strayFile': (p) => ({
    message: `${p['path']} holds a file that its manifest does not know: ${p['file']}.`,
    hint: 'The bundle was changed after it was exported. Get it again from where it was exported.',
  }),
  'export.exists': (p) => ({
    message: `${p['path']} is there already.`,
    hint: 'Choose another name, or delete it first.',
  }),
  'export.noPictures': (p) => ({
    message: 'The export could not be checked: no real picture was readable.',
    expected: 'at least one picture of the run’s own folder',
    received: `${p['given']} given, none readable`,
    hint: 'An export is not called done before it has answered like the original. Put the pictures back where they were.',
  }),
  'export.differs': (p) => ({
    message: `The exported ${p['format']} does not answer like the original; it was not kept.`,
    expected: `${p['expected']}`,
    received: `${p['received']}`,
    hint: 'This is a defect of ours. The run itself is untouched.',
  }),
  'export.needsNative': (p) => ({
    message: `The format ${p['format']} can only be written with the native TensorFlow runtime, which is not in use here.`,
    hint: `Run "anneal setup", or export to ${portable}.`,
  }),
  'export.unknownOption': (p) => ({
    message: `The format ${p['format']} has no option ${p['received']}.`,
    expected: list(p['known']),
    hint: 'Leave it out, or choose a format that has it: "anneal export --help" names them.',
  }),
  'export.cannotWrite': (p) => ({
    message: `The export could not be written to ${p['path']}.`,
    received: `${p['detail']}`,
    hint: 'Check that the folder exists, may be written and has room.',
  }),
} satisfies MessageTable;
