import { AnnealError } from '../base/errors.ts';
import type { EnsembleModel } from '../ensemble/ensemble-model.ts';
import type { ModelFiles } from '../ensemble/model-folder.ts';
import { readRunFolder } from '../ensemble/run-folder.ts';
import type { ChosenForUse, ModelRef } from '../protocol/lane-job.ts';
import { openBundle } from './bundle-reader.ts';

/**
 * A run's model or an exported bundle, with other members averaged where some were chosen, without its temperature where that was asked.
 * Throws what readRunFolder and openBundle throw, `model.noMember`.
 */
export async function openModel(ref: ModelRef): Promise<ModelFiles> {
  const files = ref.kind === 'run' ? await readRunFolder(ref.folder) : await openBundle(ref.path);
  try {
    const model = ref.chosen ? withMembers(files.model, ref.chosen) : files.model;
    return { ...files, model: ref.uncalibrated ? { ...model, temperature: 1 } : model };
  } catch (error) {
    await files.close();
    throw error;
  }
}

function withMembers(model: EnsembleModel, { members, ensemble, test }: ChosenForUse): EnsembleModel {
  const names = model.members.map(({ name }) => name);
  const unknown = members.find(({ name }) => !names.includes(name));
  if (unknown) throw new AnnealError('model.noMember', { received: unknown.name, members: names });
  const weightOf = (name: string): number =>
    members.filter((member) => member.name === name).reduce((sum, { weight }) => sum + weight, 0);
  return {
    ...model,
    members: model.members.map((member) => ({ ...member, weight: weightOf(member.name) })),
    metrics: { ensemble, test },
  };
}
