import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnsembleMember } from './ensemble-model.ts';
import type { JudgedMember } from './report-ensemble.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import { float32Tensor, type HostTensor } from '../weights/host-tensor.ts';
import { readSafetensors } from '../weights/safetensors.ts';
import { writeSafetensors } from '../weights/safetensors-writer.ts';

export interface LoggedMember {
  readonly cycle: number;
  readonly member: EnsembleMember;
  /** float32 [pictures, classes] on the held-out pictures. */
  readonly probabilities: Float32Array;
}

/**
 * The members of a run so far with their probabilities on the held-out pictures, kept on disk: any subset of members can be
 * judged later without running a network, and a resumed run goes on with what it had. One entry a cycle; doing a cycle
 * again after a crash replaces its entry.
 */
export class MemberLog {
  readonly #folder: string;
  readonly #entries = new Map<number, LoggedMember>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(runFolder: string): Promise<MemberLog> {
    const log = new MemberLog(join(runFolder, 'predictions'));
    await mkdir(log.#folder, { recursive: true });
    const text = await readFile(join(log.#folder, 'members.json'), 'utf8').catch(() => '[]');
    const listed = JSON.parse(text) as { cycle: number; member: EnsembleMember }[];
    for (const { cycle, member } of listed) {
      const { tensors } = await readSafetensors(log.#path(member));
      log.#entries.set(cycle, { cycle, member, probabilities: tensors.get('probabilities')!.data as Float32Array });
    }
    return log;
  }

  async put(entry: LoggedMember, classes: number): Promise<void> {
    const { probabilities } = entry;
    const shape = [probabilities.length / classes, classes];
    const tensors: Record<string, HostTensor> = {
      probabilities: float32Tensor(shape, Float32Array.from(probabilities)),
    };
    await writeSafetensors(this.#path(entry.member), tensors);
    this.#entries.set(entry.cycle, entry);
    const listed = this.entries().map(({ cycle, member }) => ({ cycle, member }));
    await writeFileAtomic(join(this.#folder, 'members.json'), JSON.stringify(listed));
  }

  /** In the order of the cycles. */
  entries(): LoggedMember[] {
    return [...this.#entries.values()].sort((a, b) => a.cycle - b.cycle);
  }

  /** For averaging and reports. */
  judged(): JudgedMember[] {
    return this.entries().map(({ member, probabilities }) => ({ name: member.name, probabilities }));
  }

  #path(member: EnsembleMember): string {
    return join(this.#folder, `${member.name}-${member.sha256.slice(0, 16)}.safetensors`);
  }
}
