import { onTestFinished } from 'vitest';
import { openFeatureCache } from '../../src/train/feature-cache.ts';
import { FeatureSource } from '../../src/train/feature-source.ts';
import { formulaImages } from './formula-weights.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { indices } from './indices.ts';

/** Batches of formula pictures, by name, as a source of whole pictures: row `batch · b + i` is picture i of batch b. */
export async function formulaSource(batch: number, side: number, names: readonly string[]): Promise<FeatureSource> {
  const rows = batch * names.length;
  const all = new Float32Array(rows * side * side * 3);
  names.forEach((name, b) => all.set(formulaImages(batch, side, name), b * batch * side * side * 3));
  const cache = await openFeatureCache({
    folder: temporaryFolder(),
    key: 'pictures',
    rows,
    shape: [side, side, 3],
    chunkRows: rows,
    produce: () => Promise.resolve(all),
    onProgress: () => undefined,
    between: () => Promise.resolve(),
  });
  onTestFinished(() => cache.close());
  return new FeatureSource('input', [cache], indices(...Array(rows).keys()));
}
