import { mkdir } from 'node:fs/promises';
import type { ListedMember } from '../stored/members.ts';
import { readMembers, writeMembers } from '../weights/members-file.ts';
import { predictionsFolder, readMemberPredictions, writeMemberPredictions } from '../weights/prediction-files.ts';

/** A member with its probabilities on the run's held-out pictures: float32 [pictures, classes]. */
export interface JudgedMember extends ListedMember {
  readonly probabilities: Float32Array;
}

/**
 * The members of a run so far, with their probabilities on the held-out pictures, kept on disk: any subset of members can be judged
 * later without running a network, and a resumed run goes on with what it had. Saving one again after a crash replaces it.
 */
export class RunMembers {
  readonly #runFolder: string;
  readonly #members: ListedMember[];
  readonly #probabilities: Map<string, Float32Array>;

  private constructor(runFolder: string, members: ListedMember[], probabilities: Map<string, Float32Array>) {
    this.#runFolder = runFolder;
    this.#members = members;
    this.#probabilities = probabilities;
  }

  static async open(runFolder: string): Promise<RunMembers> {
    await mkdir(predictionsFolder(runFolder), { recursive: true });
    const members = await readMembers(runFolder);
    const probabilities = new Map<string, Float32Array>();
    for (const member of members) {
      const found = await readMemberPredictions(runFolder, member);
      if (found) probabilities.set(member.name, found);
    }
    return new RunMembers(runFolder, [...members], probabilities);
  }

  /**
   * Adds a member whose weights are on disk, or puts it in the place of one of the same name.
   * @param probabilities on all held-out pictures; null where it cannot be asked about them, as a head about other folds.
   */
  async put(member: ListedMember, probabilities: Float32Array | null, classes: number): Promise<void> {
    if (probabilities) {
      await writeMemberPredictions(this.#runFolder, member, probabilities, classes);
      this.#probabilities.set(member.name, probabilities);
    }
    const place = this.#members.findIndex(({ name }) => name === member.name);
    this.#members.splice(place < 0 ? this.#members.length : place, 1, member);
    await writeMembers(this.#runFolder, this.#members);
  }

  /** Leaves out those that are no members after all; their files stay. */
  async keep(isMember: (member: ListedMember) => boolean): Promise<void> {
    this.#members.splice(0, this.#members.length, ...this.#members.filter(isMember));
    await writeMembers(this.#runFolder, this.#members);
  }

  /** Those that were asked about all held-out pictures, in the order they were added. */
  judged(): JudgedMember[] {
    return this.#members.flatMap((member) => {
      const probabilities = this.#probabilities.get(member.name);
      return probabilities ? [{ ...member, probabilities }] : [];
    });
  }
}
