import type { Store } from '../store/store.ts';
import { membersOfRun } from './members-of-run.ts';

/**
 * Makes the rows of a finished run's members what its folder lists: the telling of one may have been lost when the engine was
 * killed, and after an early stop some that were saved are no members.
 */
export async function storeMembers(store: Store, runId: string): Promise<void> {
  store.members.replace(runId, await membersOfRun(store, runId));
}
