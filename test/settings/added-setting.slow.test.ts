import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { configVersion } from '../../src/settings/train-config.ts';
import { jsonLines } from '../support/anneal.ts';
import { growCheckout } from '../support/grown-checkout.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The version that the made-up setting comes with. */
const next = configVersion + 1;

const declaration = `
import { labelSmoothing } from './label-smoothing.ts';
import { is, all } from './conditions.ts';
import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { scheduleName } from './schedule.ts';
import { number } from './setting.ts';

const strength = number('sharpness.radius', {
  min: 0,
  max: 2,
  fresh: 0.05,
  off: 0,
  unit: { name: 'norm of the weights', en: 'norm', ru: 'норма' },
  effect: all(learnsInSteps, is(scheduleName, 'sgdr', 'cosine')),
  label: { en: 'Sharpness', ru: 'Острота' },
  why: { en: 'looks for flat places', ru: 'ищет плоские места' },
  help: { en: 'A made-up setting.', ru: 'Придуманная настройка.' },
});

export const sharpness = declare({
  key: 'sharpness',
  place: 'schedule optimizer',
  since: ${next},
  settings: [strength],
  conflicts: [
    {
      name: 'sharpAndSmooth',
      between: [strength, labelSmoothing.settings[0]],
      holds: (read) => read(strength) > 1 && read(labelSmoothing.settings[0]) > 0,
      why: { en: 'they pull apart', ru: 'они тянут в разные стороны' },
      givesWay: strength,
      nearest: () => 1,
    },
  ],
  cost: (read) => (read(strength) > 0 ? { step: 2, slots: 1, evaluations: 1 } : {}),
});
`;

/** What the engine plans of it, what the trainer is given, and what a comparison and the form are made of. */
const script = `
import { countedDataset } from './test/support/plan-dataset.ts';
import { planRun } from './src/engine/planning/plan-run.ts';
import { Speeds } from './src/engine/planning/speeds.ts';
import { hasEffect, inEffect } from './src/settings/effect.ts';
import { settingsAt } from './src/settings/places.ts';
import { resolveConfig } from './src/settings/resolve-config.ts';
import { settings, type TrainConfig } from './src/settings/train-config.ts';
import { fillAbsent } from './src/settings/upgrade.ts';
import { leavesOf } from './src/settings/values.ts';
import { listZoo } from './src/zoo/index.ts';
import { describeError } from './src/messages/describe.ts';

const radius = (config: TrainConfig): number => config.sharpness.radius;
const zoo = await listZoo(import.meta.dirname);
const measured = { kind: 'forward', subject: 'tf_efficientnet_lite0@224', work: 1e10, amount: 1 } as const;
const free = { memoryBytes: 1e12, diskBytes: 1e12 };
const sources = { dataset: countedDataset(300, ['a', 'b']), zoo, speeds: new Speeds([measured]), free };
const plan = (given: Record<string, unknown>) => planRun(sources, 'balanced', given);
const off = plan({ sharpness: { radius: 0 } });
const on = plan({});
const both = plan({ sharpness: { radius: 1.5 } });
const linear = resolveConfig({ set: ['schedule.name=linear', 'sharpness.radius=0.7', 'tune.regime=all'] });
console.log(JSON.stringify({
  slower: on.estimate.seconds! > 1.2 * off.estimate.seconds!,
  memory: on.estimate.memoryBytes > off.estimate.memoryBytes,
  conflict: both.problems.map((problem) => [problem.key, problem.nearest, describeError(problem.failure, 'ru').message]),
  given: radius(linear),
  trained: radius(inEffect(linear)),
  effect: hasEffect(settings.get('sharpness.radius')!, leavesOf(linear)),
  form: settingsAt('schedule optimizer').map(({ key }) => key),
  old: fillAbsent({ formatVersion: ${configVersion}, preset: 'quick' }, ${configVersion}),
}));
`;

it('a setting that is one file and its lines in the index is everywhere at once', async () => {
  const grown = await growCheckout(temporaryFolder(), {
    files: {
      'src/settings/sharpness.ts': declaration,
      'told.ts': script,
      'test/support/plan-dataset.ts': await readFile('test/support/plan-dataset.ts', 'utf8'),
    },
    insertions: [
      { file: 'src/settings/index.ts', behind: '', text: "import { sharpness } from './sharpness.ts';\n" },
      { file: 'src/settings/index.ts', behind: 'export const declarations = [', text: '\n  sharpness,' },
    ],
  });
  expect(await grown.compile()).toMatchObject({ code: 0, stdout: '' });

  const [listed] = jsonLines(await grown.anneal('settings', 'sharpness', '--json'));
  expect(listed!['settings']).toMatchObject([
    {
      key: 'sharpness.radius',
      default: 0.05,
      unit: 'norm of the weights',
      effectWhen: 'tune.regime is not head and schedule.name is sgdr or cosine',
    },
  ]);

  const refused = await grown.anneal('train', grown.folder, '--set', 'sharpness.radius=3', '--out', temporaryFolder());
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('a number from 0 to 2 (norm of the weights)');

  const told = await grown.run('told.ts');
  expect(JSON.parse(told.stdout)).toEqual({
    slower: true,
    memory: true,
    conflict: [['sharpness.radius', 1, expect.stringContaining('они тянут в разные стороны')]],
    given: 0.7,
    trained: 0,
    effect: false,
    form: expect.arrayContaining(['sharpness.radius', 'optimizer.name']),
    old: { formatVersion: next, preset: 'quick', sharpness: { radius: 0 } },
  });
});
