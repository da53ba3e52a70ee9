import { pairedAccuracy } from '../../metrics/paired-accuracy.ts';
import { predictedClasses } from '../../metrics/probabilities.ts';
import type { RunComparison } from '../../protocol/run-comparison.ts';
import { hasEffect } from '../../settings/effect.ts';
import { settings } from '../../settings/train-config.ts';
import { leavesOf } from '../../settings/values.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { EngineContext } from '../engine-context.ts';
import { averageOf } from '../ensemble/held-out.ts';
import { membersOfRun } from '../members-of-run.ts';
import type { CommandHandler } from './command-handler.ts';

/** Settings of two runs side by side, and their ensembles on the pictures that both held out. */
export const compareRuns: CommandHandler<'compareRuns'> = async (context, input): Promise<RunComparison> => {
  const first = context.store.runs.find(input.first);
  const second = context.store.runs.find(input.second);
  const [a, b] = [settingsOf(first), settingsOf(second)];
  const rows = ['preset', ...settings.keys()].map((key) => ({
    key,
    first: a.get(key) ?? '',
    second: b.get(key) ?? '',
  }));
  return {
    settings: rows.filter((row) => row.first !== row.second),
    equal: rows.flatMap((row) => (row.first === row.second ? [{ key: row.key, value: row.first }] : [])),
    sameDataset: first.dataset.contentHash === second.dataset.contentHash,
    paired: await pairedOf(context, first, second),
  };
};

/**
 * Every setting that has an effect as text; '–' where the network or the regime has its own. 'auto' is the backbone that it came
 * to.
 */
function settingsOf({ config, backbone }: StoredRun): Map<string, string> {
  const leaves = leavesOf(config);
  if (backbone !== null) leaves.set('model.backbone', backbone);
  const effective = [...leaves].filter(([key]) => hasEffect(settings.get(key)!, leaves));
  return new Map([['preset', config.preset], ...effective.map(([key, value]) => [key, textOf(value)] as const)]);
}

function textOf(value: unknown): string {
  if (value === null) return '–';
  return Array.isArray(value) ? value.map(textOf).join(', ') : String(value);
}

/** Null where no picture was held out in both, or a run has no ensemble. */
async function pairedOf(context: EngineContext, first: StoredRun, second: StoredRun): Promise<RunComparison['paired']> {
  // Equal paths are the same pictures only in one content.
  if (first.dataset.contentHash !== second.dataset.contentHash) return null;
  const [a, b] = await Promise.all([first, second].map((run) => answersOf(context, run)));
  if (!a || !b) return null;
  const common = [...a.keys()].filter((path) => b.has(path));
  if (common.length === 0) return null;
  const column = (answers: typeof a, of: 'predicted' | 'label') => common.map((path) => answers.get(path)![of]);
  return pairedAccuracy(column(a, 'predicted'), column(b, 'predicted'), column(a, 'label'));
}

async function answersOf(
  { store, heldOut }: EngineContext,
  run: StoredRun,
): Promise<Map<string, { readonly predicted: number; readonly label: number }> | null> {
  if ((await membersOfRun(store, run.runId)).length === 0) return null;
  const predictions = await heldOut.of(run).catch(() => null);
  if (!predictions) return null;
  const average = averageOf(
    predictions,
    predictions.judge ? predictions.selected : (run.chosen ?? predictions.selected),
  );
  const predicted = predictedClasses(average, predictions.classes.length);
  return new Map(
    predictions.paths.map((path, row) => [path, { predicted: predicted[row]!, label: predictions.labels[row]! }]),
  );
}
