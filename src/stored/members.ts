import * as v from 'valibot';
import { memberIndexOf, memberKindOf, memberKinds, type MemberKind } from '../protocol/member-kinds/index.ts';
import type { RunMember } from '../protocol/run-member.ts';
import { entriesOf, fieldsOf, storedKind } from './kind.ts';
import { accuracySchema } from './run.ts';

/** A member as its run's folder lists it. */
export interface ListedMember extends RunMember {
  /** Its weights, relative to the run's folder, '/'-separated. */
  readonly file: string;
  /** Of the layers that it shares with no other member, a picture; null where it was not timed. */
  readonly milliseconds: number | null;
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

export const memberSchema = v.object({
  name: v.string(),
  kind: v.picklist(Object.keys(memberKinds) as MemberKind[]),
  index: count,
  step: count,
  sha256: v.string(),
  bytes: count,
  accuracy: v.nullable(accuracySchema),
}) satisfies v.GenericSchema<unknown, RunMember>;

const listedSchema = v.object({ ...memberSchema.entries, file: v.string(), milliseconds: v.nullable(v.number()) });

/**
 * Version 1 was `predictions/members.json` of the run's folder: `{ cycle, member, milliseconds }` of each snapshot, a member without
 * kind and number.
 */
export const membersKind = storedKind<readonly ListedMember[]>('members', v.array(listedSchema), [
  (raw) => entriesOf(raw).map(fromVersion1),
]);

function fromVersion1(raw: unknown): unknown {
  const { member, milliseconds } = fieldsOf(raw);
  const { name, file, sha256, bytes, accuracy } = fieldsOf(member);
  return {
    ...{ name, file, sha256, bytes, accuracy, milliseconds: milliseconds ?? null },
    ...{ kind: memberKindOf(String(name)), index: memberIndexOf(String(name)), step: 0 },
  };
}
