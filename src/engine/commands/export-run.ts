import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runInLane } from '../run-in-lane.ts';
import { asUsed, runModel } from '../find-model.ts';
import { runFacts } from '../run-facts.ts';
import type { CommandHandler } from './command-handler.ts';

const verificationPictures = 64;

/** Writes the members that are fixed for a run out; the lane loads what was written and compares before it is called done. */
export const exportRun: CommandHandler<'exportRun'> = async (
  context,
  { run, format, path, options, calibrated },
  hooks,
) => {
  const { store, lanes, threads, watch } = context;
  const { run: found, model: plain, members } = await runModel(context, run);
  const model = asUsed(plain, calibrated);
  const { runId, datasetVersionId } = found;
  const dataset = store.datasets.read(datasetVersionId);
  // Evenly over the list, which is sorted by class: all classes take part.
  const count = Math.min(verificationPictures, dataset.pictures.length);
  const pictures = Array.from({ length: count }, (_, i) => {
    const picture = dataset.pictures[Math.floor((i * dataset.pictures.length) / count)]!;
    return join(dataset.root, picture.path);
  });
  const target = resolve(path);
  // Equal runs give equal files.
  const facts = { ...(await runFacts(found, store.layout.zoo)), madeAt: null, seconds: null };
  const request = { format, path: target, options, run: facts, pictures, threads };
  const report = await runInLane<'export'>(lanes.interactive, { kind: 'export', model, ...request }, hooks);
  store.exports.add(runId, { ...report, madeAt: Date.now(), members });
  watch.changed('runs', runId);
  return report;
};

/** Nothing but the model's record is read. */
export const describeModel: CommandHandler<'describeModel'> = async (context, { run }, hooks) => {
  const { run: found, model } = await runModel(context, run);
  const facts = await runFacts(found, context.store.layout.zoo);
  return runInLane<'describe'>(context.lanes.interactive, { kind: 'describe', model, run: facts }, hooks);
};

/** Those made before, newest first, whether or not their files are still there. */
export const listExports: CommandHandler<'listExports'> = async ({ store }, { run }) => {
  const records = store.exports.of(store.runs.find(run).runId);
  return Promise.all(
    records.map(async (record) => {
      const present = await access(record.path).then(
        () => true,
        () => false,
      );
      return { ...record, present };
    }),
  );
};
