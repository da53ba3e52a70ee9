import { conflictReason } from '../../settings/check.ts';
import { list, type MessageTable } from '../table.ts';

export const engine = {
  'config.unknownKey': (p) => ({
    message: `There is no setting called "${p['key']}".`,
    expected: p['nearest'] === null ? 'a setting that "anneal settings" lists' : `"${p['nearest']}"?`,
    received: String(p['key']),
    hint: p['nearest'] === null ? '"anneal settings" lists them all.' : `Did you mean "${p['nearest']}"?`,
  }),
  'config.badValue': (p) => ({
    message: `The setting "${p['key']}" has a value it cannot have.`,
    expected: p['unit'] === null ? String(p['expected']) : `${p['expected']} (${p['unit']})`,
    received: String(p['received']),
    hint:
      p['nearest'] === null
        ? 'Correct the value, or leave the setting out to get its default.'
        : `The nearest that can be used: ${p['key']}=${p['nearest']}`,
  }),
  'config.section': (p) => ({
    message: `"${p['key']}" is a section of settings, not a setting.`,
    expected: `one of ${list(p['settings'])}`,
    received: String(p['key']),
    hint: `"anneal settings ${p['key']}" tells of each.`,
  }),
  'config.presetBySet': (p) => ({
    message: 'A preset is not a setting: --set changes single values of it.',
    expected: `--preset ${p['received']}`,
    received: `--set preset=${p['received']}`,
  }),
  'config.badSet': (p) => ({
    message: 'A --set is not of the form key=value.',
    expected: 'key=value, for example schedule.numCycles=5',
    received: String(p['received']),
  }),
  'config.conflict': (p) => ({
    message: `${p['first']} and ${p['second']} contradict each other: ${conflictReason(p['conflict'], 'en')}.`,
    hint: 'Change one of them.',
  }),
  'config.badFile': (p) => ({
    message: `The configuration file is not JSON: ${p['path']}`,
    expected: 'a JSON object, as "anneal runs show RUN --json" gives it under "config"',
    received: String(p['detail']),
  }),
  'engine.badInput': (p) => ({
    message: `The command ${p['command']} was called wrongly: ${p['key']}.`,
    expected: String(p['expected']),
    received: String(p['received']),
  }),
  'engine.closed': () => ({ message: 'The engine is closing.' }),
  'engine.laneCrashed': (p) => ({
    message: 'The process that computes ended unexpectedly.',
    received:
      p['signal'] === null
        ? `exit code ${p['code']}${p['tail'] ? `: ${p['tail']}` : ''}`
        : `signal ${p['signal']}${p['tail'] ? `: ${p['tail']}` : ''}`,
    hint:
      p['signal'] === 'SIGKILL'
        ? 'Most likely the memory was used up: close other programs or take a smaller data.batchSize, then go on with "anneal resume".'
        : 'Go on from the last checkpoint with "anneal resume"; "anneal doctor" checks the runtime.',
  }),
  'engine.noBackbones': () => ({
    message: 'No pretrained network is on this machine.',
    hint: 'Fetch one: anneal zoo pull efficientnet_lite0',
  }),
  'engine.cacheInUse': (p) => ({
    message: `The cache is in use: the run ${p['runId']} is ${p['state']}.`,
    hint: 'Clear it when the run has ended or was stopped.',
  }),
  'engine.noNative': (p) => ({
    message: `TensorFlow's native runtime does not load here: ${p['detail']}`,
    hint: 'Prediction, frozen features and heads still work, slower. Run "anneal setup" to make it ready.',
  }),
  'engine.noModel': (p) => ({
    message: `${p['runId']} has no model yet: the run is ${p['state']}.`,
    expected: 'a run whose first cycle has ended, or a bundle',
    received: String(p['state']),
    hint: `Go on with it: anneal resume ${p['runId']}`,
  }),
  'engine.unknownModel': (p) => ({
    message: `No run and no file is called "${p['received']}".`,
    expected: 'a run of this workspace, or the path of a bundle',
    received: String(p['received']),
    hint: 'See "anneal runs"; name the right workspace with --workspace.',
  }),
  'engine.noPictures': (p) => ({
    message: `No pictures were found in ${p['path']}.`,
    expected: 'a picture, or a folder with pictures',
    received: String(p['path']),
  }),
  'engine.notPaused': (p) => ({
    message: `The run ${p['runId']} is not at work in this process.`,
    hint: 'Only the process that trains a run can pause it.',
  }),
} satisfies MessageTable;
