import { storeWeights } from '../ensemble/model-folder.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import { memberKinds, type MemberKind } from '../protocol/member-kinds/index.ts';
import type { RunContext } from '../train/run-context.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import type { ListedMember } from '../stored/members.ts';

/** A new member: what only it has of the network, by torch's names and layouts. */
export interface NewMember {
  readonly kind: MemberKind;
  /** Counts the members of its kind from 0. */
  readonly index: number;
  readonly tensors: Record<string, HostTensor>;
  readonly accuracy: Accuracy | null;
  readonly milliseconds: number | null;
}

/** Stores a member's weights and tells of it. Repeating it after a crash changes nothing. */
export async function saveMember(context: RunContext, member: NewMember): Promise<ListedMember> {
  const { kind, index, tensors, accuracy, milliseconds } = member;
  const { step, job, host } = context;
  const { file, sha256, bytes } = await storeWeights(job.runFolder, 'members', tensors);
  const record = { name: memberKinds[kind].name(index), kind, index, step, sha256, bytes, accuracy };
  host.emit({ type: 'snapshotSaved', step, snapshot: record });
  return { ...record, file, milliseconds };
}
