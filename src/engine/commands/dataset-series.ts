import { datasetSeriesOf } from '../../data/dataset-series.ts';
import type { CommandHandler } from './command-handler.ts';

/** What belongs together in a version of a dataset, as the scan found it. */
export const datasetSeries: CommandHandler<'datasetSeries'> = ({ store }, { version }) =>
  Promise.resolve(datasetSeriesOf(store.datasets.read(version)));
