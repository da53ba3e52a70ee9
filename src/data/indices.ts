import type { Dataset, DatasetIndex, PoolRow } from '../protocol/dataset.ts';

/** Of every picture of a dataset, ascending. */
export function datasetIndices({ pictures }: Pick<Dataset, 'pictures'>): DatasetIndex[] {
  return Array.from(pictures.keys()) as DatasetIndex[];
}

/** Of every picture of a run's pool, in its order. */
export function poolRows(pool: readonly DatasetIndex[]): PoolRow[] {
  return Array.from(pool.keys()) as PoolRow[];
}
