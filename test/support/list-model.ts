import type { EnsembleModel } from '../../src/ensemble/ensemble-model.ts';
import { writeMembers } from '../../src/weights/members-file.ts';

/** Lists these members of a model as those of the run whose folder it lies in. */
export async function listModel(folder: string, model: EnsembleModel, names: readonly string[]): Promise<void> {
  const members = model.members.flatMap(({ name, file, sha256, bytes, accuracy }, index) =>
    names.includes(name)
      ? [{ name, kind: 'snapshot' as const, index, step: 1, milliseconds: null, file, sha256, bytes, accuracy }]
      : [],
  );
  await writeMembers(folder, members);
}
