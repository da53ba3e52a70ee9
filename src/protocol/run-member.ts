import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { accuracySchema } from './accuracy.ts';
import { memberKinds, type MemberKind } from './member-kinds/index.ts';
import { count } from './schemas.ts';

/** A member of a run's ensemble. The run's members file (weights/members-file.ts) tells which there are; everything else follows it. */
export const memberSchema = v.object({
  /** Its id in the run. */
  name: v.string(),
  kind: v.picklist(Object.keys(memberKinds) as MemberKind[]),
  /** Counts the members of its kind from 0: the cycle of a snapshot, the fold of a head. */
  index: count,
  /** Optimizer steps of the run when it was saved. */
  step: count,
  /** Of its weights file, hex. */
  sha256: v.string(),
  bytes: count,
  /** On the held-out pictures. */
  accuracy: v.nullable(accuracySchema),
});
export type RunMember = Immutable<v.InferOutput<typeof memberSchema>>;
