import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import type { Store } from '../store/store.ts';
import type { ListedMember } from '../stored/members.ts';
import { readMembers } from '../weights/members-file.ts';

/**
 * Where the engine learns the members of a run: as its folder lists them (weights/members-file.ts). Of runs from before there was such
 * a list the rows alone know the steps.
 * @throws stored.newer, stored.damaged
 */
export async function membersOfRun(store: Store, runId: string): Promise<readonly ListedMember[]> {
  const listed = await readMembers(join(store.layout.runs, runId));
  const steps = new Map(store.members.of(runId).map(({ sha256, step }) => [sha256, step]));
  return listed.map((member) => ({ ...member, step: member.step || (steps.get(member.sha256) ?? 0) }));
}

/** @throws ensemble.unknownMember */
export function memberNamed<M extends { readonly name: string }>(
  { runId, members }: { readonly runId: string; readonly members: readonly M[] },
  name: string,
): M {
  const found = members.find((member) => member.name === name);
  if (found) return found;
  throw new AnnealError('ensemble.unknownMember', {
    runId,
    received: name,
    members: members.map((member) => member.name),
  });
}
