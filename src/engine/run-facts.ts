import type { RunFacts } from '../protocol/model-card.ts';
import type { StoredRun } from '../store/runs.ts';
import { listZoo } from '../zoo/list-zoo.ts';

/** What the workspace knows of a run, for its model card. */
export async function runFacts(run: StoredRun, zooFolder: string): Promise<RunFacts> {
  const { result, seal, config, dataset, createdAt } = run;
  const backbone = result?.backbone ?? run.backbone;
  const weights = config.model.pretrained
    ? (await listZoo(zooFolder)).find(({ name }) => name === backbone)
    : undefined;
  return {
    madeAt: createdAt,
    seconds: result?.timings.total ?? null,
    pictures: dataset.pictures,
    datasetVersion: dataset.version,
    split: result?.split ?? null,
    seal: seal && { members: seal.members, accuracy: seal.accuracy },
    licence: weights ? { name: weights.licence, source: weights.source } : null,
    config,
  };
}
