import type { PlanRecord } from '../../../src/protocol/plan-record.ts';
import type { RunRecord } from '../../../src/protocol/run-record.ts';
import { app } from '../../state/app.svelte.ts';
import type { RateGroup } from './run-series.ts';

/** The layer groups that ever learn, with their factors on the learning rate, shallow to deep. */
export function learningGroups({ layerGroups, unfreezings }: PlanRecord): RateGroup[] {
  const { freezeTo } = unfreezings.at(-1)!;
  return layerGroups
    .filter(({ lrScale }, i) => i >= freezeTo && lrScale > 0)
    .map(({ name, lrScale }) => ({ name, scale: lrScale }));
}

/**
 * The same of a run that told no plan. They follow from its settings and the network, so the engine is asked once; until it has
 * answered, and where it cannot, there is one line for all.
 */
export class LayerGroups {
  groups = $state.raw<readonly RateGroup[]>([]);
  #asked: string | null = null;

  /** Asks for the groups of this run, once. */
  async load({ runId, dataset, config }: RunRecord): Promise<void> {
    if (this.#asked === runId || config.tune.regime === 'head') return;
    this.#asked = runId;
    try {
      const { preset, ...settings } = config;
      const plan = await app.client.call('planTraining', { dataset: dataset.dataset, preset, config: settings });
      if (this.#asked !== runId) return;
      this.groups = plan.layerGroups
        .filter(({ frozen, lrScale }) => !frozen && lrScale > 0)
        .map(({ name, lrScale }) => ({ name, scale: lrScale }));
    } catch {
      // The dataset may be gone; the curve of the deepest group needs nobody's answer.
    }
  }
}
