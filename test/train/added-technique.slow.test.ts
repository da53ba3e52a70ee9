import { join } from 'node:path';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readSafetensors } from '../../src/weights/safetensors.ts';
import { jsonLines } from '../support/anneal.ts';
import { growCheckout } from '../support/grown-checkout.ts';
import { startScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const declaration = `
import { declare } from './declaration.ts';
import { learnsInSteps } from './regime.ts';
import { number } from './setting.ts';

export const lookback = declare({
  key: 'lookback',
  place: 'schedule optimizer',
  since: 2,
  settings: [
    number('lookback.pull', {
      min: 0,
      max: 1,
      fresh: 0,
      off: 0,
      effect: learnsInSteps,
      label: { en: 'Look back', ru: 'Оглядка' },
      why: { en: 'pulls weights to their past', ru: 'тянет веса к их прошлому' },
      help: { en: 'A made-up setting.', ru: 'Придуманная настройка.' },
    }),
  ],
});
`;

/** Pulls every weight to a moving average of its past by a share that is drawn for each batch. */
const technique = `
import { lookback as declaration } from '../../settings/lookback.ts';
import { tf } from '../../tensor/tf.ts';
import type { StepTechnique } from '../technique.ts';

export const lookback: StepTechnique = {
  declaration,
  active: ({ lookback }) => lookback.pull > 0,
  state: (trained) => trained.map(({ param: { name } }) => ({ name, like: name, start: 'param' as const })),
  inputs: (_batch, random, { lookback }) => ({
    share: { dtype: 'float32', shape: [], data: Float32Array.of(random.uniform() * lookback.pull) },
  }),
  trace: {
    project: (params, { inputs, state }) =>
      Object.fromEntries(
        Object.entries(params).map(([name, w]) => [
          name,
          tf.sub(w, tf.mul(tf.sub(w, state[name]!), inputs['share']!)),
        ]),
      ),
    after: ({ after }, { state }) =>
      Object.fromEntries(
        Object.entries(after).map(([name, w]) => [name, tf.sub(w, tf.mul(tf.sub(w, state[name]!), 0.9))]),
      ),
  },
};
`;

it('a technique that is two files and their lines in two indexes is trained, kept in the checkpoint, killed and resumed', async () => {
  const folder = temporaryFolder();
  const pictures = await tinyPictures(join(folder, 'pictures'));
  const grown = await growCheckout(join(folder, 'checkout'), {
    files: { 'src/settings/lookback.ts': declaration, 'src/train/techniques/lookback.ts': technique },
    insertions: [
      { file: 'src/settings/index.ts', behind: '', text: "import { lookback } from './lookback.ts';\n" },
      { file: 'src/settings/index.ts', behind: 'export const declarations = [', text: '\n  lookback,' },
      { file: 'src/train/techniques/index.ts', behind: '', text: "import { lookback } from './lookback.ts';\n" },
      { file: 'src/train/techniques/index.ts', behind: 'StepTechnique[] = [', text: 'lookback, ' },
    ],
  });
  expect(await grown.compile()).toMatchObject({ code: 0, stdout: '' });
  const [listed] = jsonLines(await grown.anneal('settings', 'lookback', '--json'));
  expect(listed!['settings']).toMatchObject([{ key: 'lookback.pull', default: 0 }]);

  const tiny = tinyTraining(3);
  const train = (out: string, pull: number) => [
    ...['train', pictures, '--preset', tiny.preset, '--out', join(folder, out), '--json'],
    ...[...tiny.set, `lookback.pull=${pull}`].flatMap((set) => ['--set', set]),
  ];
  const membersOf = (end: { stdout: string }) => {
    const result = jsonLines({ code: 0, signal: null, stderr: '', ...end }).at(-1)!;
    return (result['members'] as { sha256: string }[]).map(({ sha256 }) => sha256);
  };
  const whole = membersOf(await grown.anneal(...train('whole', 0.5)));
  expect(whole).toHaveLength(3);
  expect(membersOf(await grown.anneal(...train('without', 0)))).not.toEqual(whole);

  const killed = startScript('src/cli/main.ts', train('killed', 0.5), { checkout: grown.folder, seconds: 300 });
  await killed.saw('checkpointSaved');
  killed.child.kill('SIGKILL');
  await killed.end;
  const runs = join(folder, 'killed', 'runs');
  const checkpoint = join(runs, readdirSync(runs)[0]!, 'checkpoints', 'final.safetensors');
  const kept = [...(await readSafetensors(checkpoint)).tensors.keys()];
  expect(kept).toEqual(expect.arrayContaining(['linear.weight', 'lookback/linear.weight']));
  expect(membersOf(await grown.anneal('resume', 'last', '--out', join(folder, 'killed'), '--json'))).toEqual(whole);
});
