import type { MessageTable } from '../table.ts';

export const ensemble = {
  'ensemble.noMembers': (p) => ({
    message: `The run ${p['runId']} has no snapshot yet.`,
    expected: 'at least one snapshot',
    received: `a run that is ${p['state']}`,
    hint: 'The first one is taken when the first cycle ends.',
  }),
  'ensemble.noPredictions': (p) => ({
    message: `What the members of the run ${p['runId']} said of the held-out pictures is not stored any more.`,
    hint: 'It can be computed again from the members.',
  }),
  'ensemble.unknownMember': (p) => ({
    message: `The run ${p['runId']} has no member called "${p['received']}".`,
    expected: `one of ${(p['members'] as readonly string[]).join(', ')}`,
    received: String(p['received']),
  }),
  'ensemble.notComparable': () => ({
    message:
      'The heads of this run were judged on different pictures each, so there is nothing to choose between them by.',
    hint: 'All of them are averaged.',
  }),
  'ensemble.notFinished': (p) => ({
    message: `The run ${p['runId']} is ${p['state']}: its members were not asked about the test pictures.`,
    expected: 'a finished run',
    received: String(p['state']),
    hint: 'Resume it: the test pictures are judged at its end.',
  }),
  'ensemble.noTest': (p) => ({
    message: `No pictures were set aside for a test in the run ${p['runId']}.`,
    hint: 'Train with a test part: data.noTest off, or a folder "test" beside "train".',
  }),
  'ensemble.trial': (p) => ({
    message: `The run ${p['runId']} is a trial: it never looks at the test pictures.`,
    hint: 'Train with the same settings as a run; its test pictures are judged at its end.',
  }),
  'ensemble.cannotCompute': () => ({
    message: 'What was said of the held-out pictures came from the networks of the folds, which were not kept.',
    hint: 'Train again to judge the members.',
  }),
  'ensemble.picturesGone': (p) => ({
    message: `${p['count']} held-out pictures cannot be read any more, the first of them ${p['path']}.`,
    hint: 'Put them back, or train again on the folder as it is.',
  }),
} satisfies MessageTable;
