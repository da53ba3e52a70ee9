import type { AnnealClient } from '../client/client.ts';
import { Wizard } from './wizard.svelte.ts';

const wizards = new Map<string, Wizard>();

/** The wizard of a dataset, as it was left. */
export function wizardOf(client: AnnealClient, dataset: string): Wizard {
  const known = wizards.get(dataset);
  if (known) return known;
  const wizard = new Wizard(client, dataset);
  wizards.set(dataset, wizard);
  return wizard;
}
