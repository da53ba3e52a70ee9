import type { RecentDataset } from '../../src/protocol/dataset-view.ts';
import type { RunSummary } from '../../src/protocol/run-record.ts';
import { app } from './app.svelte.ts';
import { router } from './router.svelte.ts';

/** The dataset and run that the frame speaks of: those shown last, and what belongs to them. */
class Current {
  /** Of the last run shown, or the dataset shown since. */
  readonly datasetId: string | null = $derived.by(() => {
    const { object } = router.visited;
    if (!object) return null;
    return object.kind === 'dataset' ? object.id : (app.run(object.id)?.dataset.dataset ?? null);
  });

  /** The last run shown, or the newest of the dataset shown since. */
  readonly runId: string | null = $derived.by(() => {
    const { object, run } = router.visited;
    if (object?.kind === 'run') return object.id;
    if (!object) return null;
    const shown = app.run(run);
    if (shown?.dataset.dataset === object.id) return shown.runId;
    return app.runs.items.find((run) => run.dataset.dataset === object.id)?.runId ?? null;
  });

  readonly dataset: RecentDataset | undefined = $derived(app.dataset(this.datasetId));
  readonly run: RunSummary | undefined = $derived(app.run(this.runId));
}

export const current = new Current();
