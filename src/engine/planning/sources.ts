import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { decodeTarget } from '../../data/decode-picture.ts';
import { pictureCacheKey } from '../../data/picture-cache.ts';
import { checksSuffix } from '../../data/picture-store.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import { listZoo } from '../../zoo/index.ts';
import type { EngineContext } from '../engine-context.ts';
import { freeSpace } from './estimate-cost.ts';
import type { PlanSources } from './plan-run.ts';
import { Recent } from './recent.ts';
import { Speeds } from './speeds.ts';
import type { IsDecoded } from './work-of-run.ts';

/** The dataset as it is now with all changes by hand, and what this machine has. @throws dataset.unknown, dataset.notScanned */
export async function planSources(context: EngineContext, dataset: string): Promise<PlanSources> {
  const { store, datasets, threads } = context;
  const { effective } = datasets.pictures(datasets.idOf(dataset));
  const { layout } = store;
  const [zoo, free] = await Promise.all([listZoo(layout.zoo), freeSpace(layout.root)]);
  const isDecoded = decodedIn(join(layout.cache, 'pictures'), effective.dataset);
  return { dataset: effective.dataset, zoo, free, speeds: new Speeds(store.measurements.list(threads)), isDecoded };
}

/** A key is made of every picture's hash. */
const keys = new Recent<string>(16);

function decodedIn(folder: string, dataset: Dataset): IsDecoded {
  return (preprocessing) => {
    const { side, interpolation } = decodeTarget(preprocessing);
    const question = [dataset.root, dataset.contentHash, side, interpolation].join('\n');
    const key = keys.get(question, () => pictureCacheKey(dataset, preprocessing));
    return existsSync(join(folder, key + checksSuffix));
  };
}
