import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { makeSplit } from '../../data/make-split.ts';
import { accuracyOf } from '../../metrics/accuracy-of.ts';
import { averageProbabilities } from '../../metrics/average-probabilities.ts';
import { figuresOf } from '../../metrics/figures.ts';
import { tempered } from '../../metrics/temperature.ts';
import { verdictsOf } from '../../metrics/verdicts/index.ts';
import type { ChosenMember, TestSeal } from '../../protocol/ensemble-view.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { readTest } from '../../weights/prediction-files.ts';
import { memberNamed, membersOfRun } from '../members-of-run.ts';

/** What an opened test part tells. */
type Tested = Pick<TestSeal, 'accuracy' | 'figures' | 'verdicts'>;

/**
 * The chosen members on the test part, from what they said of it when training had ended.
 * @throws ensemble.noTest where nothing was set aside, ensemble.noPredictions where it has gone, ensemble.unknownMember
 */
export async function judgeTest(store: Store, run: StoredRun, chosen: readonly ChosenMember[]): Promise<Tested> {
  const { runId, result, datasetVersionId } = run;
  if (!result || result.split.test === 0) throw new AnnealError('ensemble.noTest', { runId });
  const gone = new AnnealError('ensemble.noPredictions', { runId, state: run.state });
  const members = await membersOfRun(store, runId);
  const file = await readTest(join(store.layout.runs, runId));
  const predictions = chosen.map(({ name }) => {
    const { sha256 } = memberNamed({ runId, members }, name);
    const stored = store.predictions.get(sha256, datasetVersionId, 'test');
    const probabilities = stored?.probabilities ?? file?.members.get(name)?.data;
    if (!probabilities) throw gone;
    return probabilities;
  });
  const labels = file?.labels ?? drawnLabels(store, run);
  if (predictions[0]!.length !== labels.length * result.classes.length) throw gone;
  const average = averageProbabilities(
    predictions.map((probabilities) => tempered(probabilities, result.classes.length, result.temperature)),
    chosen.map(({ weight }) => weight),
  );
  const { classes } = result;
  return {
    accuracy: accuracyOf(average, labels, classes.length, 'test'),
    figures: figuresOf(average, labels, classes.length),
    verdicts: verdictsOf([{ split: 'test', classes, labels, probabilities: average, members: null }]),
  };
}

function drawnLabels(store: Store, { datasetVersionId, config }: StoredRun): Int32Array {
  const dataset = store.datasets.read(datasetVersionId);
  const { test } = makeSplit(dataset, { seed: config.seed, ...config.data });
  return Int32Array.from(test, (index) => dataset.pictures[index]!.label);
}
