import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnsembleMember } from '../ensemble/ensemble-model.ts';
import type { JudgedMember } from '../ensemble/report-ensemble.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import { float32Tensor, type HostTensor } from '../weights/host-tensor.ts';
import {
  memberFile,
  membersFileName,
  predictionsFolder,
  readListedMembers,
  type ListedMember,
} from '../weights/prediction-files.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { writeSafetensors } from '../weights/safetensors-writer.ts';

export interface LoggedMember {
  readonly cycle: number;
  readonly member: EnsembleMember;
  /** float32 [pictures, classes] on the held-out pictures. */
  readonly probabilities: Float32Array;
  /** Of what is its own, a picture; null where it was not timed. */
  readonly milliseconds: number | null;
}

/**
 * The members of a run so far with their probabilities on the held-out pictures, kept on disk: any subset of members can be
 * judged later without running a network, and a resumed run goes on with what it had. One entry a cycle; doing a cycle
 * again after a crash replaces its entry.
 */
export class MemberLog {
  readonly #runFolder: string;
  readonly #entries = new Map<number, LoggedMember>();

  private constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  static async open(runFolder: string): Promise<MemberLog> {
    const log = new MemberLog(runFolder);
    await mkdir(predictionsFolder(runFolder), { recursive: true });
    const listed = (await readListedMembers(runFolder)) as readonly (ListedMember & { member: EnsembleMember })[];
    for (const { cycle, member, milliseconds = null } of listed) {
      const { tensors } = await readSafetensors(memberFile(runFolder, member));
      const probabilities = tensors.get('probabilities')!.data as Float32Array;
      log.#entries.set(cycle, { cycle, member, probabilities, milliseconds });
    }
    return log;
  }

  async put(entry: LoggedMember, classes: number): Promise<void> {
    const { probabilities } = entry;
    const shape = [probabilities.length / classes, classes];
    const tensors: Record<string, HostTensor> = {
      probabilities: float32Tensor(shape, Float32Array.from(probabilities)),
    };
    await writeSafetensors(memberFile(this.#runFolder, entry.member), tensors);
    this.#entries.set(entry.cycle, entry);
    const listed = this.entries().map(({ cycle, member, milliseconds }) => ({ cycle, member, milliseconds }));
    await writeFileAtomic(join(predictionsFolder(this.#runFolder), membersFileName), JSON.stringify(listed));
  }

  /** In the order of the cycles. */
  entries(): LoggedMember[] {
    return [...this.#entries.values()].sort((a, b) => a.cycle - b.cycle);
  }

  /** For averaging and reports. */
  judged(): JudgedMember[] {
    return this.entries().map(({ member, probabilities }) => ({ name: member.name, probabilities }));
  }
}
