import type { ZooEntry } from '../../../src/protocol/zoo-entry.ts';
import type { HostFeatures } from '../../client/client.ts';
import { shownFailure } from '../../components/error-words.ts';
import { announcer } from '../../state/announcer.svelte.ts';
import { changes } from '../../state/changes.svelte.ts';
import { locale } from '../../state/locale.svelte.ts';
import type { ModelsState } from './models-state.svelte.ts';
import { pendingRemovals } from './pending-removals.svelte.ts';

/** Asks for a weights file and takes it into the zoo. null: none was chosen. @throws what host and engine throw */
export async function importWeights(models: ModelsState, host: HostFeatures): Promise<ZooEntry | null> {
  const [file] = await host.chooseFiles({ kind: 'weights', multiple: false });
  if (!file) return null;
  const path = file.path ?? (await host.bring({ kind: 'bundle', file }))[0];
  if (path === undefined) return null;
  const entry = await models.importFile(path);
  await models.read();
  return entry;
}

export async function pullModel(models: ModelsState, entry: ZooEntry): Promise<void> {
  if (await models.pull(entry.name)) announcer.announce(locale.text.models.pulled(entry.title));
}

/** Does again what failed or was paused. */
export function workAgain(models: ModelsState, entry: ZooEntry): void {
  void (models.work[entry.name]?.kind === 'measure' ? models.measure(entry.name) : pullModel(models, entry));
}

/** Takes a model out of sight, with a way back; see `PendingRemovals`. */
export function removeModel(models: ModelsState, entry: ZooEntry): void {
  const { name, title } = entry;
  const takeOut = (): void =>
    pendingRemovals.add(name, () =>
      models.remove(name).catch((thrown: unknown) => changes.fail(shownFailure(thrown).message)),
    );
  takeOut();
  changes.did({
    message: locale.text.models.removed(title),
    undo: () => pendingRemovals.takeBack(name) || bringBack(models, entry),
    redo: takeOut,
  });
}

/** The file is gone already: a published one is fetched again, one of the user's own lies where it was imported from. */
function bringBack(models: ModelsState, entry: ZooEntry): void {
  if (models.entries?.some(({ name }) => name === entry.name)) void pullModel(models, entry);
  else changes.fail(locale.text.models.importAgain(entry.title));
}
