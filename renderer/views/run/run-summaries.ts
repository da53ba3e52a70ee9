import type { Formats } from '../../../src/messages/ui/format.ts';
import type { Text } from '../../../src/messages/ui/en/index.ts';
import type { LineSeries } from '../../charts/line-series.ts';
import { trendOf, type Trend } from '../../charts/trend.ts';
import type { RunFacts } from '../../state/run-model.ts';

type Words = Text['charts'];
type PlotWords = Text['run']['plots'];

/** "Validation accuracy rose from 61.3 % to 93.3 % in 13 epochs; best 94.0 % at epoch 8." */
export function accuracySummary({ epochs }: RunFacts, words: Words, plots: PlotWords, format: Formats): string {
  const judged = epochs.some(({ validation }) => validation !== null);
  const x = epochs.map(({ epoch }) => epoch);
  const y = epochs.map(({ validation, train }) => (judged ? validation : train)?.accuracy ?? NaN);
  const what = judged ? plots.validationAccuracy : plots.trainingAccuracy;
  return sentence(what, trendOf(x, y, 'high', 0.0005), format.accuracy, words, plots);
}

export function lossSummary({ epochs }: RunFacts, words: Words, plots: PlotWords, format: Formats): string {
  const x = epochs.map(({ epoch }) => epoch);
  const y = epochs.map(({ trainLoss }) => trainLoss);
  return sentence(plots.trainingLoss, trendOf(x, y, 'low'), format.loss, words, plots);
}

/** "The last update of head changed 0.3 % of its weights' size; between 0.1 and 1 % is usual." */
export function updateSummary(series: readonly LineSeries[], words: Words, plots: PlotWords, format: Formats): string {
  const deepest = series[0];
  const newest = deepest?.y.at(-1);
  return newest === undefined ? words.noData : plots.updateSummary(deepest!.label, format.rate(newest));
}

export function gradientSummary(
  series: readonly LineSeries[],
  words: Words,
  plots: PlotWords,
  format: Formats,
): string {
  const newest = series[0]?.y.at(-1);
  return newest === undefined ? words.noData : plots.gradientSummary(format.rate(newest));
}

function sentence(
  what: string,
  trend: Trend | null,
  format: (value: number) => string,
  words: Words,
  plots: PlotWords,
): string {
  if (!trend) return words.noData;
  const { direction, first, last, best, bestAt, lastAt } = trend;
  const course =
    direction === 'stayed' ? words.stayed(what, format(last)) : words[direction](what, format(first), format(last));
  return `${course} ${plots.inEpochs(lastAt)}; ${words.best(format(best), words.epochAt(String(bestAt)))}.`;
}
