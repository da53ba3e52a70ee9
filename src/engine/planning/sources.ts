import { listZoo } from '../../zoo/index.ts';
import type { EngineContext } from '../engine-context.ts';
import { freeSpace } from './estimate-cost.ts';
import type { PlanSources } from './plan-run.ts';
import { Speeds } from './speeds.ts';

/** The dataset as it is now with all changes by hand, and what this machine has. @throws dataset.unknown, dataset.notScanned */
export async function planSources(context: EngineContext, dataset: string): Promise<PlanSources> {
  const { store, datasets, threads } = context;
  const { effective } = datasets.pictures(datasets.idOf(dataset));
  const [zoo, free] = await Promise.all([listZoo(store.layout.zoo), freeSpace(store.layout.root)]);
  return { dataset: effective.dataset, zoo, free, speeds: new Speeds(store.measurements.list(threads)) };
}
