import type { Accuracy } from './accuracy.ts';
import type { MemberKind } from './member-kinds/index.ts';

/** A member of a run's ensemble. The run's members file (weights/members-file.ts) tells which there are; everything else follows it. */
export interface RunMember {
  /** Its id in the run. */
  readonly name: string;
  readonly kind: MemberKind;
  /** Counts the members of its kind from 0: the cycle of a snapshot, the fold of a head. */
  readonly index: number;
  /** Optimizer steps of the run when it was saved. */
  readonly step: number;
  /** Of its weights file, hex. */
  readonly sha256: string;
  readonly bytes: number;
  /** On the held-out pictures; a fraction. */
  readonly accuracy: Accuracy | null;
}
