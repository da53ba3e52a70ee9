import type { DatasetSummary } from '../../src/protocol/dataset-view.ts';
import type { RunRecord } from '../../src/protocol/run-record.ts';
import type { AnnealClient } from '../client/client.ts';
import { draftFromText, draftText } from './wizard-draft.ts';
import { Wizard } from './wizard.svelte.ts';
import { mirroredNames } from '../../src/settings/mirrored-names.ts';

const wizards = new Map<string, Wizard>();

const storageKey = (dataset: string): string => `anneal.wizard.${dataset}`;

/** The wizard of a dataset as it was left, also before a reload; with `from` it repeats that run. */
export async function openWizard(
  client: AnnealClient,
  { dataset, classes }: DatasetSummary,
  from: string | null,
): Promise<Wizard> {
  const wizard = wizardOf(client, dataset);
  const run = from === null ? null : await client.call('showRun', { run: from });
  if (run || !wizard.proposal) await begin(wizard, run, classes);
  // Pictures may have come or gone meanwhile.
  else void wizard.ask();
  return wizard;
}

async function begin(wizard: Wizard, run: RunRecord | null, classes: DatasetSummary['classes']): Promise<void> {
  const kept = draftFromText(sessionStorage.getItem(storageKey(wizard.dataset)));
  // A mirror would turn some of these classes into others.
  const mirrored = mirroredNames(classes.map(({ name }) => name)).length > 0;
  await wizard.begin(run ? { run: run.config } : kept && { kept }, mirrored ? { 'augment.flip': false } : {});
}

function wizardOf(client: AnnealClient, dataset: string): Wizard {
  const existing = wizards.get(dataset);
  if (existing) return existing;
  const wizard = new Wizard(client, dataset, (draft) => sessionStorage.setItem(storageKey(dataset), draftText(draft)));
  wizards.set(dataset, wizard);
  return wizard;
}
