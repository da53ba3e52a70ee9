import type { DatasetIndex } from '../../src/protocol/dataset.ts';

/** Pictures that a test names by their place in the dataset. */
export const indices = (...places: readonly number[]): DatasetIndex[] => places as DatasetIndex[];
