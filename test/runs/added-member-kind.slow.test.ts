import { join } from 'node:path';
import { expect, it } from 'vitest';
import { growCheckout } from '../support/grown-checkout.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures } from '../support/tiny-training.ts';

const declaration = `
import type { MemberKindDeclaration } from './member-kind.ts';

/** A made-up kind: the mean of snapshots' weights. */
export const blend: MemberKindDeclaration = {
  name: (index) => \`blend-\${index + 1}\`,
  trainedOn: 'pool',
  words: { en: { origin: (n) => \`blend \${n}\` }, ru: { origin: (n) => \`смесь \${n}\` } },
};
`;

/** A finished run gets a member of the kind, as a regime saves its own; what store, events, ensemble and export make of it. */
const script = `
import { join } from 'node:path';
import { createEngine } from './src/engine/create-engine.ts';
import { EventHub } from './src/engine/event-hub.ts';
import { RunRecorder } from './src/engine/run-recorder.ts';
import { makeTrainJob } from './src/engine/train-job.ts';
import { storeMembers } from './src/engine/store-members.ts';
import { readModelFolder, writeModel } from './src/ensemble/model-folder.ts';
import { memberKinds } from './src/protocol/member-kinds/index.ts';
import type { RunEvent } from './src/protocol/run-event.ts';
import { RunMembers } from './src/runs/run-members.ts';
import { saveMember } from './src/runs/save-member.ts';
import { openStore } from './src/store/store.ts';
import { RunContext } from './src/train/run-context.ts';

const [pictures, workspace, bundle] = process.argv.slice(2) as [string, string, string];
const engine = createEngine({ workspace });
const set = ['schedule.cycleEpochs=1', 'schedule.numCycles=2', 'data.batchSize=8', 'ensemble.selection=all'];
const { runId } = await engine.startRun({ folder: pictures, preset: 'scratch', set });
await new Promise<void>((resolve) =>
  engine.subscribe({ runId, from: 0 }, ({ event }) => event.type === 'runFinished' && resolve()),
);

const store = openStore(workspace);
const job = await makeTrainJob({ store, threads: null }, runId, 2);
const recorder = new RunRecorder(store, new EventHub(store), runId, (error) => { throw error; });
const context = new RunContext(job, {
  emit: (event) => recorder.record({ ...event, runId, attempt: 2, step: event.step ?? 0 } as RunEvent),
  control: () => 'go',
  yield: () => Promise.resolve(),
});
const files = await readModelFolder(job.runFolder);
const [first, second] = files.model.members;
const [a, b] = [await files.weights(first!), await files.weights(second!)];
const mean = [...a].map(([name, { data, ...rest }]) =>
  [name, { ...rest, data: (data as Float32Array).map((value, i) => (value + (b.get(name)!.data as Float32Array)[i]!) / 2) }] as const);
const saved = { tensors: Object.fromEntries(mean), accuracy: null, milliseconds: 1 };
const member = await saveMember(context, { kind: 'blend', index: 0, ...saved });
recorder.flush();
const members = await RunMembers.open(job.runFolder);
await members.put(member, members.judged()[1]!.probabilities, files.model.labels.length);
const { name, accuracy, file, sha256, bytes } = member;
const inModel = { name, accuracy, file, sha256, bytes, weight: 1 };
await writeModel(job.runFolder, { ...files.model, members: [...files.model.members, inModel] });
await storeMembers(store, runId);
const told = store.events.read(runId).flatMap(({ event }) => (event.type === 'snapshotSaved' ? [event.snapshot.kind] : []));
store.close();

const only = [{ name: 'blend-1', weight: 1 }];
const view = await engine.judgeEnsemble({ run: runId, members: only });
await engine.fixEnsemble({ run: runId, members: only });
const { verification } = await engine.exportRun({ run: runId, format: 'bundle', path: bundle });
const { snapshots } = await engine.showRun({ run: runId });
const predicted = await engine.predict({ model: bundle, paths: [join(pictures, 'red', '00003.png')] });
await engine.close();
console.log(JSON.stringify({
  told,
  stored: snapshots.map(({ kind, name, index }) => [kind, name, index]),
  shown: view.members.map(({ kind, index, on }) => [memberKinds[kind].words.ru.origin(index + 1), on]),
  exported: verification.sameFirstChoice,
  predicted: predicted.predictions.length,
}));
`;

it('a kind of member that is one file and its lines in the index goes through store, events, ensemble and export', async () => {
  const grown = await growCheckout(temporaryFolder(), {
    files: { 'src/protocol/member-kinds/blend.ts': declaration, 'blended.ts': script },
    insertions: [
      { file: 'src/protocol/member-kinds/index.ts', behind: '', text: "import { blend } from './blend.ts';\n" },
      { file: 'src/protocol/member-kinds/index.ts', behind: 'export const memberKinds = {', text: ' blend,' },
    ],
  });
  expect(await grown.compile()).toMatchObject({ code: 0, stdout: '' });
  const pictures = await tinyPictures(join(grown.folder, 'pictures'), 20);
  const end = await grown.run('blended.ts', [
    pictures,
    join(grown.folder, 'workspace'),
    join(grown.folder, 'b.anneal'),
  ]);
  expect(end, end.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(end.stdout)).toEqual({
    told: ['snapshot', 'snapshot', 'blend'],
    stored: expect.arrayContaining([
      ['snapshot', 'snapshot-1', 0],
      ['snapshot', 'snapshot-2', 1],
      ['blend', 'blend-1', 0],
    ]),
    shown: [
      ['цикл 1', false],
      ['цикл 2', false],
      ['смесь 1', true],
    ],
    exported: 1,
    predicted: 1,
  });
});
