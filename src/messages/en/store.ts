import type { MessageTable } from '../table.ts';

export const store = {
  'store.corrupt': (p) => ({
    message: `The workspace's database is damaged or is not a database: ${p['path']}`,
    expected: 'an SQLite database written by Anneal',
    received: String(p['code']),
    hint: 'It was left as it is. Move the file away to start with an empty one (the folders of the runs stay), or choose another workspace with --workspace.',
  }),
  'store.foreign': (p) => ({
    message: `The file ${p['path']} is the database of another application.`,
    hint: 'It was left as it is. Choose another workspace with --workspace.',
  }),
  'store.tooNew': (p) => ({
    message: `The workspace was written by a newer version of Anneal: ${p['path']}`,
    expected: `format ${p['expected']} or older`,
    received: `format ${p['received']}`,
    hint: 'Update Anneal, or choose another workspace with --workspace. Nothing was changed.',
  }),
  'store.workspaceIsFile': (p) => ({
    message: `The workspace is a file, or lies below one: ${p['path']}`,
    expected: 'a folder',
    received: 'a file',
    hint: 'Give the path of a folder; it is created when it is not there.',
  }),
  'store.workspaceImpossible': (p) => ({
    message: `The workspace folder cannot be created: ${p['path']}`,
    received: String(p['code']),
    hint: 'Choose another folder with --workspace.',
  }),
  'store.notWritable': (p) => ({
    message: `No permission to write here: ${p['path']}`,
    expected: 'a folder that you may write to',
    received: String(p['code']),
    hint: 'Change its permissions, or choose another workspace with --workspace.',
  }),
  'store.diskFull': (p) => ({
    message: `The disk is full: ${p['path']}`,
    hint: 'Make room (the workspace\'s "cache" folder can be deleted at any time) and resume the run: it goes on from its last checkpoint.',
  }),
  'store.busy': (p) => ({
    message: `Another process keeps the workspace's database locked: ${p['path']}`,
    hint: 'Wait for it to finish, or end it, and try again.',
  }),
  'store.unreadable': (p) => ({
    message: `The workspace's database cannot be read or written: ${p['path']}`,
    received: String(p['code']),
    hint: 'Is the folder still there, and the disk sound? Runs go on from their last checkpoint with "anneal resume".',
  }),
  'store.noDriver': () => ({
    message: 'The database driver is not built for this Node.',
    hint: 'Run "anneal setup".',
  }),
  'store.datasetMissing': (p) => ({
    message: `The list of pictures of this run is missing or damaged: ${p['path']}`,
    hint: 'Train again on the folder.',
  }),
  'store.noRuns': () => ({
    message: 'This workspace holds no runs yet.',
    hint: 'Start one with "anneal train FOLDER", or name the right workspace with --workspace.',
  }),
  'store.unknownRun': (p) => ({
    message: `No run is called ${JSON.stringify(p['received'])} in this workspace.`,
    expected:
      Array.isArray(p['runs']) && p['runs'].length > 0
        ? `one of ${p['runs'].join(', ')}, …, or 'last'`
        : 'a run of this workspace (it holds none)',
    received: String(p['received']),
    hint: 'See "anneal runs"; name the right workspace with --workspace.',
  }),
  'store.ambiguousRun': (p) => ({
    message: `More than one run begins with ${JSON.stringify(p['received'])}.`,
    expected: `one of ${(p['runs'] as readonly string[]).join(', ')}`,
    received: String(p['received']),
    hint: 'Give more characters.',
  }),
  'store.runDiscarded': (p) => ({
    message: `The run "${p['name']}" was deleted.`,
    received: String(p['runId']),
    hint: 'It can be brought back until the application that deleted it is closed.',
  }),
  'store.wrongState': (p) => ({
    message: `The run ${p['runId']} is ${p['state']}; it cannot become ${p['wanted']}.`,
    ...(p['pid'] === null ? {} : { hint: `Process ${p['pid']} works on it.` }),
  }),
  'store.pinned': (p) => ({
    message: `The run ${p['runId']} is pinned and was not deleted.`,
    hint: `Unpin it first: anneal runs pin ${p['runId']} --off`,
  }),
  'store.runBusy': (p) => ({
    message: `The run ${p['runId']} is ${p['state']}.`,
    expected: 'a run that nobody works on',
    received: p['pid'] === null ? String(p['state']) : `process ${p['pid']} works on it`,
    hint: 'Wait for it, or stop it first.',
  }),
} satisfies MessageTable;
