import type { StoredName } from '../../stored/names.ts';
import type { MessageTable } from '../table.ts';

const kinds: Readonly<Record<StoredName, string>> = {
  configuration: 'configuration',
  dataset: 'list of pictures',
  pictureEdit: 'change to pictures',
  runResult: 'result of a run',
  event: 'event of a run',
  steps: 'steps of a run',
  accuracy: 'accuracy',
  failure: 'error of a run',
  chosenMembers: 'choice of members',
  testSeal: 'look at the test part',
  curve: 'curve of accuracies',
  paths: 'list of paths',
  process: 'note of a process',
  verification: 'verification of an export',
  checkpoint: 'checkpoint',
  stage: 'part of a run',
  members: 'list of members',
  heldOut: 'held-out predictions',
  model: 'model',
  bundle: 'bundle',
  zooRecord: 'description of a network',
  zooManifest: 'list of networks',
  draft: 'draft of a training',
  preferences: 'preferences',
};

export const stored = {
  'stored.newer': (p) => ({
    message: `This ${kinds[p['kind'] as StoredName]} was written by a newer Anneal (format ${p['received']}, this one reads up to ${p['expected']}): ${p['where']}.`,
    hint: 'Update Anneal. Nothing was changed.',
  }),
  'stored.damaged': (p) => ({
    message: `This ${kinds[p['kind'] as StoredName]} is damaged: ${p['where']}${p['at'] === '' ? '' : `, at "${p['at']}"`}.`,
    received: `${p['detail']}`,
    hint: 'Take it from where it came from again: export or copy the model, import the network, train the run. If that does not help, report it.',
  }),
} satisfies MessageTable;
