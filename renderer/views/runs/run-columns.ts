import type { RunSummary } from '../../../src/protocol/run-record.ts';
import type { Column } from '../../components/data-table.ts';
import { locale } from '../../state/locale.svelte.ts';
import { heldOutText } from './held-out-text.ts';
import { datasetName } from './run-filter.ts';

/** Columns of the list of runs. Reads the locale, so call it where that is followed. */
export function runColumns(now: number): Column<RunSummary>[] {
  const { text, format } = locale;
  const { columns } = text.runs;
  return [
    { key: 'pick', label: columns.pick, hideLabel: true, text: () => '' },
    { key: 'run', label: columns.run, text: ({ name }) => name, value: ({ number }) => number },
    { key: 'state', label: columns.state, text: ({ state }) => text.common.states[state], value: ({ state }) => state },
    {
      key: 'dataset',
      label: columns.dataset,
      text: (run) => `${datasetName(run)} v${run.dataset.version}`,
      value: (run) => `${datasetName(run)} ${run.dataset.version}`,
    },
    { key: 'curve', label: columns.curve, text: () => '' },
    {
      key: 'best',
      label: columns.best,
      tip: text.runs.bestTip,
      figures: true,
      text: ({ heldOutAccuracy }) => heldOutText(heldOutAccuracy),
      value: ({ heldOutAccuracy }) => heldOutAccuracy?.accuracy ?? null,
    },
    {
      key: 'members',
      label: columns.members,
      figures: true,
      text: ({ averaged, progress }) =>
        !progress || progress.members === 0
          ? '–'
          : averaged === null
            ? format.count(progress.members)
            : text.runs.members(averaged, progress.members),
      value: ({ averaged }) => averaged,
    },
    {
      key: 'time',
      label: columns.time,
      figures: true,
      text: (run) => {
        const seconds = secondsOf(run);
        return seconds === null ? '–' : format.elapsed(seconds);
      },
      value: secondsOf,
    },
    {
      key: 'when',
      label: columns.when,
      figures: true,
      text: ({ createdAt }) => format.moment(createdAt, now),
      value: ({ createdAt }) => createdAt,
    },
    { key: 'more', label: columns.more, hideLabel: true, text: () => '' },
  ];
}

/** From the order to train to the end, waiting included; null while it goes on. */
function secondsOf({ createdAt, endedAt }: RunSummary): number | null {
  return endedAt === null ? null : (endedAt - createdAt) / 1000;
}
