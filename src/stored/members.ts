import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { memberIndexOf, memberKindOf } from '../protocol/member-kinds/index.ts';
import { memberSchema } from '../protocol/run-member.ts';
import { entriesOf, fieldsOf, storedKind } from './kind.ts';

/** A member as its run's folder lists it. */
const listedSchema = v.object({
  ...memberSchema.entries,
  /** Its weights, relative to the run's folder, '/'-separated. */
  file: v.string(),
  /** Of the layers that it shares with no other member, a picture; null where it was not timed. */
  milliseconds: v.nullable(v.number()),
});
export type ListedMember = Immutable<v.InferOutput<typeof listedSchema>>;

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
